// The types of the elements in templates of Svelte 5. The build appends them to the declarations of batchlight/svelte.
import type { HTMLAttributes } from "svelte/elements";
import type {
  BatchCardElement,
  BatchListChangeEvent,
  BatchListElement,
  BatchProgressElement,
  BatchSelectEvent,
  BatchStatusElement,
  BatchTimelineElement,
} from "../elements/index.js";

/** The attributes of every HTML element, and the settable properties of one element; all are optional. */
type Settable<T extends HTMLElement> = HTMLAttributes<T> &
  Partial<Omit<T, keyof HTMLElement | "view" | "updateComplete" | "shown" | "focusRow" | "focusFind">>;

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    /** The status and outcome in one line, with an icon. */
    "batch-status": Settable<BatchStatusElement>;
    /** The progress bar. */
    "batch-progress": Settable<BatchProgressElement>;
    /** Completed, current and upcoming steps, with the time between them. */
    "batch-timeline": Settable<BatchTimelineElement>;
    /** All details of one batch. */
    "batch-card": Settable<BatchCardElement>;
    /** A list of batches with filter, search and sort controls. */
    "batch-list": Settable<BatchListElement> & {
      /** The user chose a row. */
      "onbatch-select"?: ((event: BatchSelectEvent) => void) | undefined;
      /** The user changed the group, the order or the search. */
      "onbatch-list-change"?: ((event: BatchListChangeEvent) => void) | undefined;
    };
  }
}
