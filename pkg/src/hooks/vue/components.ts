// The Vue components of the elements.
import {
  BatchCardElement,
  type BatchListChangeEvent,
  BatchListElement,
  BatchProgressElement,
  type BatchSelectEvent,
  BatchStatusElement,
  BatchTimelineElement,
} from "#elements";
import type { Settable } from "../settable.js";
import { type ElementComponent, elementComponent } from "./element-component.js";

/** The properties of `BatchStatus`. */
export interface BatchStatusProps extends Settable<BatchStatusElement> {}

/** The properties of `BatchProgress`. */
export interface BatchProgressProps extends Settable<BatchProgressElement> {}

/** The properties of `BatchTimeline`. */
export interface BatchTimelineProps extends Settable<BatchTimelineElement> {}

/** The properties of `BatchCard`. */
export interface BatchCardProps extends Settable<BatchCardElement> {}

/** The properties of `BatchList`, and the handlers of its events. */
export interface BatchListProps extends Settable<BatchListElement> {
  /** Called when the user clicked a row, or pressed Enter or Space on it. */
  readonly onBatchSelect?: ((event: BatchSelectEvent) => void) | undefined;
  /** Called when the user changed the group, the order or the search. */
  readonly onBatchListChange?: ((event: BatchListChangeEvent) => void) | undefined;
}

// Written out: bundlers keep an array with a spread even if nobody uses it.
const single = ["batch", "history", "profile", "now", "messages", "locale", "timeZone"];

/** The status and outcome in one line, with an icon: `<batch-status>`. */
export const BatchStatus: ElementComponent<BatchStatusElement, BatchStatusProps> = /* @__PURE__ */ elementComponent({
  tag: "batch-status",
  Class: BatchStatusElement,
  properties: single,
});

/** The progress bar: `<batch-progress>`. */
export const BatchProgress: ElementComponent<BatchProgressElement, BatchProgressProps> =
  /* @__PURE__ */ elementComponent({ tag: "batch-progress", Class: BatchProgressElement, properties: single });

/** Completed, current and upcoming steps, with the time between them: `<batch-timeline>`. */
export const BatchTimeline: ElementComponent<BatchTimelineElement, BatchTimelineProps> =
  /* @__PURE__ */ elementComponent({ tag: "batch-timeline", Class: BatchTimelineElement, properties: single });

/** All details of one batch: `<batch-card>`. */
export const BatchCard: ElementComponent<BatchCardElement, BatchCardProps> = /* @__PURE__ */ elementComponent({
  tag: "batch-card",
  Class: BatchCardElement,
  properties: ["headingLevel", "batch", "history", "profile", "now", "messages", "locale", "timeZone"],
});

/** A list of batches with filter, search and sort controls: `<batch-list>`. */
export const BatchList: ElementComponent<BatchListElement, BatchListProps> = /* @__PURE__ */ elementComponent({
  tag: "batch-list",
  Class: BatchListElement,
  properties: ["batches", "group", "order", "find", "selected", "profile", "now", "messages", "locale", "timeZone"],
});
