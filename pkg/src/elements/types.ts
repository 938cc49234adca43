// The public types of the elements. They name nothing of Lit, because a project that installs the package does not
// install Lit.
import type { BatchView, ProfileName, ProgressSample } from "#batchlight";
import type { ListGroup, ListOrder } from "./list-model.js";
import type { Messages } from "./messages.js";

/** The properties of all elements. */
export interface BatchElementBase extends HTMLElement {
  /** The provider whose rules apply. Attribute `profile`. Default: `openai`. */
  profile: ProfileName | undefined;
  /**
   * A fixed current time, in Unix seconds; the element then does not update by itself. Attribute `now`. Default: the
   * system clock, updated once a minute.
   */
  now: number | undefined;
  /** Messages by id that replace the English ones, such as the pack `de`. Default: the messages of `setMessages`. */
  messages: Messages | undefined;
  /**
   * The locale of numbers and times, such as `en-GB`. Attribute `locale`. Default: the language of the messages, in the
   * regional variant that the page's `lang` or the browser asks for.
   */
  locale: string | undefined;
  /** The time zone, such as `Europe/Berlin`. Attribute `time-zone`. Default: the time zone of the browser. */
  timeZone: string | undefined;
  /** Whether changes are not announced to screen readers. Attribute `quiet`. Default: false. */
  quiet: boolean;
  /** Resolves when the element shows the current values of its properties. */
  readonly updateComplete: Promise<boolean>;
}

/** The properties of the elements that show one batch. */
export interface SingleBatchElement extends BatchElementBase {
  /**
   * The batch: an object of the API or of an SDK, or JSON. Any other value is shown as invalid. Attribute `batch`, as
   * JSON. Default: `undefined`, which shows nothing, or what `renderBatch` rendered.
   */
  batch: unknown;
  /** Progress at earlier polls, oldest first, for estimates of the time left and stall checks. Default: none. */
  history: readonly ProgressSample[] | undefined;
  /** The batch as `describeBatch` describes it; `undefined` without a batch. */
  readonly view: BatchView | undefined;
}

/** `<batch-status>`: the status and outcome in one line, with an icon. */
export interface BatchStatusElement extends SingleBatchElement {}

/** `<batch-progress>`: the progress bar. */
export interface BatchProgressElement extends SingleBatchElement {}

/** `<batch-timeline>`: completed, current and upcoming steps, with the time between them. */
export interface BatchTimelineElement extends SingleBatchElement {}

/** `<batch-card>`: all details of one batch. */
export interface BatchCardElement extends SingleBatchElement {
  /** The level of the card's heading, from 1 to 6. Attribute `heading-level`. Default: 3. */
  headingLevel: number;
}

/** `<batch-list>`: a list of batches with filter, search and sort controls. */
export interface BatchListElement extends BatchElementBase {
  /**
   * The batches: an array, a page of the API, or JSON of either. Attribute `batches`, as JSON. Pass a new object for a
   * batch that changed; the same object is not read again. Default: `undefined`, which shows nothing, or what
   * `renderBatch` rendered.
   */
  batches: unknown;
  /** The group of batches to show: `all`, `attention`, `active` or `done`. Attribute `group`. Default: `all`. */
  group: ListGroup;
  /** The order: `attention`, `newest`, `oldest` or `progress`. Attribute `order`. Default: `attention`. */
  order: ListOrder;
  /**
   * Words that a batch must contain in its id, label, summary, endpoint, model, status, metadata or the name of its
   * input file. Attribute `find`. Default: none.
   */
  find: string;
  /** The id of the batch whose row is marked as selected. Attribute `selected`. Default: none. */
  selected: string | undefined;
  /**
   * The names of files by file id, which a batch does not contain. A batch without a name in its metadata is called by
   * the name of its input file. Default: none.
   */
  fileNames: ReadonlyMap<string, string> | undefined;
  /** The ids of batches that need no more attention: they count as done. Default: none. */
  handled: ReadonlySet<string> | undefined;
  /** The ids of the visible rows, in their order; `#` and the index for a batch without an id. */
  readonly shown: readonly string[];
  /**
   * Focuses the row of an id; without an id, the row that the Tab key reaches. Returns whether there is such a row.
   */
  focusRow(id?: string): boolean;
  /** Focuses the search field. */
  focusFind(): void;
}

/** The detail of `batch-list-change`: what the list shows now. */
export interface BatchListChangeDetail {
  /** The selected group. */
  readonly group: ListGroup;
  /** The selected order. */
  readonly order: ListOrder;
  /** The content of the search field. */
  readonly find: string;
}

/** An event of `<batch-list>`: the user changed the group, the order or the search. */
export type BatchListChangeEvent = CustomEvent<BatchListChangeDetail>;

/** The detail of `batch-select`. */
export interface BatchSelectDetail {
  /** The batch as it was passed to the list. */
  readonly batch: unknown;
  /** The batch as `describeBatch` describes it. */
  readonly view: BatchView;
}

/** An event of `<batch-list>`: the user clicked a row, or pressed Enter or Space on it. */
export type BatchSelectEvent = CustomEvent<BatchSelectDetail>;

/** The class of an element. */
export interface ElementClass<T extends HTMLElement> {
  /** Creates an element; the class must be registered. */
  new (): T;
  /** The prototype of the elements. */
  readonly prototype: T;
  /**
   * Registers the class under its own tag name or another one. Does nothing if the name is taken.
   *
   * @param name the tag name, such as `my-card`. Default: the element's own, such as `batch-card`
   * @param registry the registry. Default: `customElements`
   */
  define(name?: string, registry?: CustomElementRegistry): void;
}
