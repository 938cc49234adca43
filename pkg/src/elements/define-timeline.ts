// The entry `batchlight/elements/timeline`: registers `<batch-timeline>` alone. It does nothing without a DOM.
import { BatchTimelineElement } from "./index.js";

if (typeof customElements !== "undefined" && typeof document !== "undefined") BatchTimelineElement.define();

export { BatchTimelineElement };
