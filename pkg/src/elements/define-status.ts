// The entry `batchlight/elements/status`: registers `<batch-status>` alone. It does nothing without a DOM.
import { BatchStatusElement } from "./index.js";

if (typeof customElements !== "undefined" && typeof document !== "undefined") BatchStatusElement.define();

export { BatchStatusElement };
