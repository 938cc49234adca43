// The entry `batchlight/elements/define`: registers all elements under their own names. Does nothing where there is no
// page.
import {
  BatchCardElement,
  BatchListElement,
  BatchProgressElement,
  BatchStatusElement,
  BatchTimelineElement,
} from "./index.js";

export * from "./index.js";

if (typeof customElements !== "undefined" && typeof document !== "undefined") {
  for (const element of [
    BatchStatusElement,
    BatchProgressElement,
    BatchTimelineElement,
    BatchCardElement,
    BatchListElement,
  ])
    element.define();
}
