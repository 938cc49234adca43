// The entry `batchlight/elements`: the element classes, unregistered, and rendering for servers. It can be imported
// without a DOM. `batchlight/elements/define` registers the classes.
import type { Icon } from "#batchlight";
import { ListElement } from "./batch-list-element.js";
import { elementMessages as englishMessages, type Messages } from "./messages.js";
import { CardElement, ProgressElement, StatusElement, TimelineElement } from "./single-batch-elements.js";
import { shapes } from "./templates/icon.js";
import type * as types from "./types.js";

export { announce } from "./announcer.js";
export { badgeSvg, type BadgeOptions } from "./badge.js";
export { setMessages } from "./base.js";
export type { ListGroup, ListOrder } from "./list-model.js";
export type { Messages } from "./messages.js";
export { renderBatch, renderShadowRoot, type RenderOptions } from "./render-batch.js";
export type { ElementName } from "./styles/stylesheets.js";
export type {
  BatchElementBase,
  BatchListChangeDetail,
  BatchListChangeEvent,
  BatchSelectDetail,
  BatchSelectEvent,
  ElementClass,
  SingleBatchElement,
} from "./types.js";

/**
 * The English messages of the elements themselves, headings and controls, by id. The messages about a batch are
 * `messages` of `batchlight`.
 */
export const elementMessages: Messages = englishMessages;

/**
 * SVG markup of the icons, by the `icon` of a view, for a view box of 20 by 20. Stroke the shapes, and fill those of
 * class `solid`.
 */
export const iconShapes: Readonly<Record<Icon, string>> = shapes;

/** `<batch-status>`: the status and outcome in one line, with an icon. */
export type BatchStatusElement = types.BatchStatusElement;
/** The class of `<batch-status>`. */
export const BatchStatusElement: types.ElementClass<BatchStatusElement> = StatusElement;

/** `<batch-progress>`: the progress bar. */
export type BatchProgressElement = types.BatchProgressElement;
/** The class of `<batch-progress>`. */
export const BatchProgressElement: types.ElementClass<BatchProgressElement> = ProgressElement;

/** `<batch-timeline>`: completed, current and upcoming steps, with the time between them. */
export type BatchTimelineElement = types.BatchTimelineElement;
/** The class of `<batch-timeline>`. */
export const BatchTimelineElement: types.ElementClass<BatchTimelineElement> = TimelineElement;

/** `<batch-card>`: all details of one batch. */
export type BatchCardElement = types.BatchCardElement;
/** The class of `<batch-card>`. */
export const BatchCardElement: types.ElementClass<BatchCardElement> = CardElement;

/** `<batch-list>`: a list of batches with filter, search and sort controls. */
export type BatchListElement = types.BatchListElement;
/** The class of `<batch-list>`. */
export const BatchListElement: types.ElementClass<BatchListElement> = ListElement;

declare global {
  /** The elements by tag name, for `document.querySelector` and `document.createElement`. */
  interface HTMLElementTagNameMap {
    /** The status and outcome in one line, with an icon. */
    "batch-status": BatchStatusElement;
    /** The progress bar. */
    "batch-progress": BatchProgressElement;
    /** Completed, current and upcoming steps, with the time between them. */
    "batch-timeline": BatchTimelineElement;
    /** All details of one batch. */
    "batch-card": BatchCardElement;
    /** A list of batches with filter, search and sort controls. */
    "batch-list": BatchListElement;
  }
  /** The events of the elements, which bubble up to the document. */
  interface GlobalEventHandlersEventMap {
    /** The user chose a row of a list. */
    "batch-select": types.BatchSelectEvent;
    /** The user changed the group, the order or the search of a list. */
    "batch-list-change": types.BatchListChangeEvent;
  }
}
