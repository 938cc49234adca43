// The types of the elements in templates of Vue 3. The build appends them to the declarations of batchlight/vue.
import type { DefineComponent } from "vue";
import type {
  BatchCardElement,
  BatchListChangeEvent,
  BatchListElement,
  BatchProgressElement,
  BatchSelectEvent,
  BatchStatusElement,
  BatchTimelineElement,
} from "../elements/index.js";

/** The settable properties of an element; all are optional. */
type Settable<T extends HTMLElement> = Partial<
  Omit<T, keyof HTMLElement | "view" | "updateComplete" | "shown" | "focusRow" | "focusFind">
>;

declare module "vue" {
  interface GlobalComponents {
    /** The status and outcome in one line, with an icon. */
    "batch-status": DefineComponent<Settable<BatchStatusElement>>;
    /** The progress bar. */
    "batch-progress": DefineComponent<Settable<BatchProgressElement>>;
    /** Completed, current and upcoming steps, with the time between them. */
    "batch-timeline": DefineComponent<Settable<BatchTimelineElement>>;
    /** All details of one batch. */
    "batch-card": DefineComponent<Settable<BatchCardElement>>;
    /** A list of batches with filter, search and sort controls. */
    "batch-list": DefineComponent<
      Settable<BatchListElement> & {
        /** The user chose a row. */
        onBatchSelect?: ((event: BatchSelectEvent) => void) | undefined;
        /** The user changed the group, the order or the search. */
        onBatchListChange?: ((event: BatchListChangeEvent) => void) | undefined;
      }
    >;
  }
}
