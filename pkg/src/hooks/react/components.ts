// The React components of the elements.
import type {
  BatchCardElement,
  BatchListElement,
  BatchProgressElement,
  BatchStatusElement,
  BatchTimelineElement,
} from "#elements";
import {
  type BatchListHandlers,
  cardDefinition,
  listDefinition,
  progressDefinition,
  statusDefinition,
  timelineDefinition,
} from "../element-definitions.js";
import type { Settable } from "../settable.js";
import { type ElementAttributes, type ElementComponent, elementComponent } from "./element-component.js";

/** The properties of a component: those of its element, and the attributes of every HTML element. */
type Props<T extends HTMLElement> = Omit<ElementAttributes<T>, keyof Settable<T>> & Settable<T>;

/** The properties of `BatchStatus`. */
export interface BatchStatusProps extends Props<BatchStatusElement> {}

/** The properties of `BatchProgress`. */
export interface BatchProgressProps extends Props<BatchProgressElement> {}

/** The properties of `BatchTimeline`. */
export interface BatchTimelineProps extends Props<BatchTimelineElement> {}

/** The properties of `BatchCard`. */
export interface BatchCardProps extends Props<BatchCardElement> {}

/** The properties of `BatchList`, and the handlers of its events. */
export interface BatchListProps extends Props<BatchListElement>, BatchListHandlers {}

/** The status and outcome in one line, with an icon: `<batch-status>`. */
export const BatchStatus: ElementComponent<BatchStatusElement, BatchStatusProps> =
  /* @__PURE__ */ elementComponent(statusDefinition);

/** The progress bar: `<batch-progress>`. */
export const BatchProgress: ElementComponent<BatchProgressElement, BatchProgressProps> =
  /* @__PURE__ */ elementComponent(progressDefinition);

/** Completed, current and upcoming steps, with the time between them: `<batch-timeline>`. */
export const BatchTimeline: ElementComponent<BatchTimelineElement, BatchTimelineProps> =
  /* @__PURE__ */ elementComponent(timelineDefinition);

/** All details of one batch: `<batch-card>`. */
export const BatchCard: ElementComponent<BatchCardElement, BatchCardProps> =
  /* @__PURE__ */ elementComponent(cardDefinition);

/** A list of batches with filter, search and sort controls: `<batch-list>`. */
export const BatchList: ElementComponent<BatchListElement, BatchListProps> = /* @__PURE__ */ elementComponent(
  listDefinition,
  {
    onBatchSelect: "batch-select",
    onBatchListChange: "batch-list-change",
  },
);
