// For Svelte 5 and its templates: `import type {} from "batchlight/elements/svelte"` once in the project.
import type { HTMLAttributes } from "svelte/elements";
import type {
  BatchCardElement,
  BatchListChangeEvent,
  BatchListElement,
  BatchProgressElement,
  BatchSelectEvent,
  BatchStatusElement,
  BatchTimelineElement,
} from "../index.js";

/** What can be set on an element, all of it optional, beside what every element of HTML takes. */
type Settable<T extends HTMLElement> = HTMLAttributes<T> &
  Partial<Omit<T, keyof HTMLElement | "view" | "updateComplete" | "shown" | "focusRow" | "focusFind">>;

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    /** Icon and words, status and outcome, in one line. */
    "batch-status": Settable<BatchStatusElement>;
    /** The bar. */
    "batch-progress": Settable<BatchProgressElement>;
    /** The steps taken and those ahead, with the time between. */
    "batch-timeline": Settable<BatchTimelineElement>;
    /** All of one batch. */
    "batch-card": Settable<BatchCardElement>;
    /** A page of batches. */
    "batch-list": Settable<BatchListElement> & {
      /** A row was chosen. */
      "onbatch-select"?: ((event: BatchSelectEvent) => void) | undefined;
      /** Somebody changed what it shows. */
      "onbatch-list-change"?: ((event: BatchListChangeEvent) => void) | undefined;
    };
  }
}
