// The entry `batchlight/elements/progress`: registers `<batch-progress>` alone. It does nothing without a DOM.
import { BatchProgressElement } from "./index.js";

if (typeof customElements !== "undefined" && typeof document !== "undefined") BatchProgressElement.define();

export { BatchProgressElement };
