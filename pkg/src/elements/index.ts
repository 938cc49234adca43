// The entry `batchlight/elements`: the classes, unregistered, and the writers for servers. Imports nothing of a page,
// so it can be loaded anywhere; `batchlight/elements/define` registers them all.
import type { Icon } from "#batchlight";
import { ListElement } from "./batch-list-element.js";
import { CardElement, ProgressElement, StatusElement, TimelineElement } from "./single-batch-elements.js";
import { shapes } from "./templates/icon.js";
import type * as types from "./types.js";
import { elementMessages as englishMessages, type Messages } from "./messages.js";

export { badgeSvg, type BadgeOptions } from "./badge.js";
export { answer as announce } from "./announcer.js";
export { setMessages } from "./base.js";
export type { ListGroup, ListOrder } from "./list-model.js";
export { renderBatch, type RenderOptions } from "./render-batch.js";
export type { ElementName } from "./styles/stylesheets.js";
export type {
  BatchElementBase,
  BatchListChangeDetail,
  BatchListChangeEvent,
  BatchSelectDetail,
  BatchSelectEvent,
  ElementClass,
  OneBatchElement,
} from "./types.js";
export type { Messages } from "./messages.js";

/**
 * The English messages of the elements that say nothing of a batch: headings and controls, by message id. Those about a
 * batch are `messages`.
 */
export const elementMessages: Messages = englishMessages;

/**
 * The shapes that go with statuses, by the name of a view's `icon`: SVG in a box of 20 by 20, to be stroked; of class
 * `solid` what is filled.
 */
export const iconShapes: Readonly<Record<Icon, string>> = shapes;

/** `<batch-status>`: icon and words, status and outcome, in one line. */
export type BatchStatusElement = types.BatchStatusElement;
/** The class of `<batch-status>`. */
export const BatchStatusElement: types.ElementClass<BatchStatusElement> = StatusElement;

/** `<batch-progress>`: the bar. */
export type BatchProgressElement = types.BatchProgressElement;
/** The class of `<batch-progress>`. */
export const BatchProgressElement: types.ElementClass<BatchProgressElement> = ProgressElement;

/** `<batch-timeline>`: the steps taken and those ahead, with the time between. */
export type BatchTimelineElement = types.BatchTimelineElement;
/** The class of `<batch-timeline>`. */
export const BatchTimelineElement: types.ElementClass<BatchTimelineElement> = TimelineElement;

/** `<batch-card>`: all of one batch, with files, errors, deadline and advice. */
export type BatchCardElement = types.BatchCardElement;
/** The class of `<batch-card>`. */
export const BatchCardElement: types.ElementClass<BatchCardElement> = CardElement;

/** `<batch-list>`: a page of batches, those that need attention first. */
export type BatchListElement = types.BatchListElement;
/** The class of `<batch-list>`. */
export const BatchListElement: types.ElementClass<BatchListElement> = ListElement;

declare global {
  /** The elements by name, for `document.querySelector` and the like. */
  interface HTMLElementTagNameMap {
    /** Icon and words, status and outcome, in one line. */
    "batch-status": BatchStatusElement;
    /** The bar. */
    "batch-progress": BatchProgressElement;
    /** The steps taken and those ahead, with the time between. */
    "batch-timeline": BatchTimelineElement;
    /** All of one batch. */
    "batch-card": BatchCardElement;
    /** A page of batches. */
    "batch-list": BatchListElement;
  }
  /** The events of the elements, which bubble to the document. */
  interface GlobalEventHandlersEventMap {
    /** A row of a list was chosen. */
    "batch-select": types.BatchSelectEvent;
    /** Somebody changed what a list shows. */
    "batch-list-change": types.BatchListChangeEvent;
  }
}
