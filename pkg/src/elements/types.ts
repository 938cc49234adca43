// What the elements are to those who use them. Nothing of Lit: who installs the package does not install Lit.
import type { BatchView, ProfileName, ProgressSample } from "#batchlight";
import type { ListGroup, ListOrder } from "./list-model.js";
import type { Messages } from "./messages.js";

/** What all elements have in common. */
export interface BatchElementBase extends HTMLElement {
  /** Whose server it is. Attribute `profile`. Default: the package's. */
  profile: ProfileName | undefined;
  /**
   * The moment for which to show it, in Unix seconds; time then stands still. Attribute `now`. Default: the present, by
   * the minute.
   */
  now: number | undefined;
  /** Texts by message id in place of the English ones: a pack such as `de`. Default: those given to `setMessages`. */
  messages: Messages | undefined;
  /**
   * The language for numbers and times. Attribute `locale`. Default: that of the messages, in the reader's kind of it.
   */
  locale: string | undefined;
  /** The time zone, such as `Europe/Berlin`. Attribute `time-zone`. Default: the reader's. */
  timeZone: string | undefined;
  /** Whether to leave changes unannounced to screen readers. Attribute `quiet`. */
  quiet: boolean;
  /** Settles when what was set is shown. */
  readonly updateComplete: Promise<boolean>;
}

/** An element that shows one batch. */
export interface OneBatchElement extends BatchElementBase {
  /**
   * The batch: as the API sends it, as an SDK gives it, or its JSON as text; anything else is shown as what it is.
   * Attribute `batch`, as JSON. `undefined` shows nothing, or what the server wrote.
   */
  batch: unknown;
  /** Polls remembered: they make time left and stall verdicts possible. */
  history: readonly ProgressSample[] | undefined;
  /** What the element shows, as `describeBatch` gave it. */
  readonly view: BatchView | undefined;
}

/** `<batch-status>`: icon and words, status and outcome, in one line. */
export interface BatchStatusElement extends OneBatchElement {}

/** `<batch-progress>`: the bar. */
export interface BatchProgressElement extends OneBatchElement {}

/** `<batch-timeline>`: the steps taken and those ahead, with the time between. */
export interface BatchTimelineElement extends OneBatchElement {}

/** `<batch-card>`: all of one batch. */
export interface BatchCardElement extends OneBatchElement {
  /** The level of its heading in the page's outline. Attribute `heading-level`. Default: 3. */
  headingLevel: number;
}

/** `<batch-list>`: a page of batches. */
export interface BatchListElement extends BatchElementBase {
  /**
   * The batches: an array, a page as the API sends it, or the text of either. Attribute `batches`, as JSON. Hand in new
   * objects for batches that changed: one that is the same object is not read again.
   */
  batches: unknown;
  /** Which to show. Attribute `group`. Default: `all`. */
  group: ListGroup;
  /** In which order. Attribute `order`. Default: `attention`. */
  order: ListOrder;
  /** Words that all must be found in id, label, summary, endpoint or model. Attribute `find`. */
  find: string;
  /** The id of the batch shown elsewhere on the page; its row is marked. Attribute `selected`. */
  selected: string | undefined;
  /** The ids of the rows, in the order in which they stand; of a batch without an id, its place. */
  readonly shown: readonly string[];
  /** Puts the focus onto a row, or onto the one that the Tab key would lead to. Tells whether there is one. */
  focusRow(id?: string): boolean;
  /** Puts the focus into the field that finds batches. */
  focusFind(): void;
}

/** What a list shows since somebody changed it. */
export interface BatchListChangeDetail {
  /** Which group. */
  readonly group: ListGroup;
  /** In which order. */
  readonly order: ListOrder;
  /** By which words. */
  readonly find: string;
}

/** Of `<batch-list>`: somebody changed what it shows. */
export type BatchListChangeEvent = CustomEvent<BatchListChangeDetail>;

/** What happened to a row of `<batch-list>`: it was clicked, or Enter was pressed on it. */
export interface BatchSelectDetail {
  /** What was handed in. */
  readonly batch: unknown;
  /** What the core says of it. */
  readonly view: BatchView;
}

/** Of `<batch-list>`: a row was chosen. */
export type BatchSelectEvent = CustomEvent<BatchSelectDetail>;

/** The class of an element. */
export interface ElementClass<T extends HTMLElement> {
  /** Makes an element; its name must be registered. */
  new (): T;
  /** What all of the class have. */
  readonly prototype: T;
  /** Registers the class, under its own name or another. Harmless where the name is taken. */
  define(name?: string, registry?: CustomElementRegistry): void;
}
