import "batchlight/elements/define";
import { watchBatch } from "batchlight/watch";
import { listBatches, live, retrieveBatch } from "../../shared/server";
import "../../shared/page.css";

const card = document.createElement("batch-card");
card.headingLevel = 2;
const list = document.createElement("batch-list");
list.selected = live;
document.querySelector("main")?.append(card, list);

// Which batch the card shows, and those of the list: new objects for what has changed.
let batches = await listBatches();
const show = () => {
  list.batches = batches;
  card.batch = batches.find(({ id }) => id === list.selected);
};
show();

list.addEventListener("batch-select", ({ detail }) => {
  list.selected = detail.view.id;
  show();
});

const watching = new AbortController();
document.querySelector("button")?.addEventListener("click", ({ target }) => {
  watching.abort();
  for (const gone of [card, list, target as HTMLElement]) gone.remove();
});

try {
  for await (const { batch } of watchBatch(() => retrieveBatch(live), { signal: watching.signal })) {
    batches = batches.map((known) => (known.id === live ? batch : known));
    show();
  }
} catch (error) {
  if (!watching.signal.aborted) throw error;
}
