// The entry `batchlight/elements/list`: registers `<batch-list>` alone. It does nothing without a DOM.
import { BatchListElement } from "./index.js";

if (typeof customElements !== "undefined" && typeof document !== "undefined") BatchListElement.define();

export { BatchListElement };
