// The entry `batchlight/elements/define`: registers all elements under their own tag names. It does nothing without a
// DOM.
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
