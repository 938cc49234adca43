// The entry `batchlight/elements/card`: registers `<batch-card>` alone. It does nothing without a DOM.
import { BatchCardElement } from "./index.js";

if (typeof customElements !== "undefined" && typeof document !== "undefined") BatchCardElement.define();

export { BatchCardElement };
