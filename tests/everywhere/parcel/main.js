// Parcel 2 does not read export maps unless it is asked to.
import { describeBatch } from "batchlight";
import "batchlight/elements/define";
import { de } from "batchlight/elements/de";
import { createBatchStore } from "batchlight/store";

const batch = { id: "batch_1", status: "cancelled", created_at: 1736489775 };
const card = document.querySelector("batch-card");
createBatchStore("batch_1", async () => batch).subscribe(({ batch }) => {
  card.batch = batch;
});
globalThis.labels = [describeBatch(batch).label, describeBatch(batch, { messages: de }).label];
