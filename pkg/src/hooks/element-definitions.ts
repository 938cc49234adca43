// What the components of every framework need to know about the elements.
import {
  BatchCardElement,
  type BatchListChangeEvent,
  BatchListElement,
  BatchProgressElement,
  type BatchSelectEvent,
  BatchStatusElement,
  BatchTimelineElement,
  type ElementClass,
  type ElementName,
} from "#elements";

/** An element that a component renders. */
export interface ElementDefinition<T extends HTMLElement> {
  /** The tag name of the element, such as `batch-card`. */
  readonly tag: ElementName;
  /** The class, which the first component registers in a browser. */
  readonly Class: ElementClass<T>;
  /** The names of the element's properties. */
  readonly properties: readonly string[];
}

/** The handlers of the events of `<batch-list>`. */
export interface BatchListHandlers {
  /** Called when the user clicked a row, or pressed Enter or Space on it. */
  readonly onBatchSelect?: ((event: BatchSelectEvent) => void) | undefined;
  /** Called when the user changed the group, the order or the search. */
  readonly onBatchListChange?: ((event: BatchListChangeEvent) => void) | undefined;
}

// The arrays are written out: bundlers keep an array with a spread even if nobody uses it. Only the card has a
// `headingLevel`; the types of the other components do not accept it.
const ofOneBatch = ["batch", "history", "profile", "now", "messages", "locale", "timeZone", "quiet", "headingLevel"];

export const statusDefinition: ElementDefinition<BatchStatusElement> = {
  tag: "batch-status",
  Class: BatchStatusElement,
  properties: ofOneBatch,
};

export const progressDefinition: ElementDefinition<BatchProgressElement> = {
  tag: "batch-progress",
  Class: BatchProgressElement,
  properties: ofOneBatch,
};

export const timelineDefinition: ElementDefinition<BatchTimelineElement> = {
  tag: "batch-timeline",
  Class: BatchTimelineElement,
  properties: ofOneBatch,
};

export const cardDefinition: ElementDefinition<BatchCardElement> = {
  tag: "batch-card",
  Class: BatchCardElement,
  properties: ofOneBatch,
};

export const listDefinition: ElementDefinition<BatchListElement> = {
  tag: "batch-list",
  Class: BatchListElement,
  properties: [
    "batches",
    "group",
    "order",
    "find",
    "selected",
    "fileNames",
    "handled",
    "profile",
    "now",
    "messages",
    "locale",
    "timeZone",
    "quiet",
  ],
};
