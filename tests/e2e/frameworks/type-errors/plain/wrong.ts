// Every expected error below must occur, or the type check fails.
import "batchlight/elements/define";

const card = document.createElement("batch-card");
// @ts-expect-error headingLevel is a number
card.headingLevel = "2";
// @ts-expect-error a card has no property batches
card.batches = [];
// @ts-expect-error view is read-only
card.view = undefined;
document.querySelector("batch-list")?.addEventListener("batch-select", (event) => {
  const id: string | undefined = event.detail.view.id;
  // @ts-expect-error an id is a string
  const wrong: number = event.detail.view.id;
  void [id, wrong];
});
