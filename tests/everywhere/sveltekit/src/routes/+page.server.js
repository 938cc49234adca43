import { renderBatch } from "batchlight/elements";
import { batch, now } from "../../batch.js";

/** The batch, and its card as HTML, which is shown before the page is hydrated. */
export const load = () => ({ batch, now, html: renderBatch(batch, { now, timeZone: "UTC" }) });
