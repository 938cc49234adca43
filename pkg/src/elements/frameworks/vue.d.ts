// For Vue 3 and its templates: `import type {} from "batchlight/elements/vue"` once in the project.
import type { DefineComponent } from "vue";
import type {
  BatchCardElement,
  BatchListChangeEvent,
  BatchListElement,
  BatchProgressElement,
  BatchSelectEvent,
  BatchStatusElement,
  BatchTimelineElement,
} from "../index.js";

/** What can be set on an element, all of it optional. */
type Settable<T extends HTMLElement> = Partial<
  Omit<T, keyof HTMLElement | "view" | "updateComplete" | "shown" | "focusRow" | "focusFind">
>;

declare module "vue" {
  interface GlobalComponents {
    /** Icon and words, status and outcome, in one line. */
    "batch-status": DefineComponent<Settable<BatchStatusElement>>;
    /** The bar. */
    "batch-progress": DefineComponent<Settable<BatchProgressElement>>;
    /** The steps taken and those ahead, with the time between. */
    "batch-timeline": DefineComponent<Settable<BatchTimelineElement>>;
    /** All of one batch. */
    "batch-card": DefineComponent<Settable<BatchCardElement>>;
    /** A page of batches. */
    "batch-list": DefineComponent<
      Settable<BatchListElement> & {
        /** A row was chosen. */
        onBatchSelect?: ((event: BatchSelectEvent) => void) | undefined;
        /** Somebody changed what it shows. */
        onBatchListChange?: ((event: BatchListChangeEvent) => void) | undefined;
      }
    >;
  }
}
