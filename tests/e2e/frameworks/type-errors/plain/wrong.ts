// What is wrong is found: each of these lines is an error, or the check fails.
import "batchlight/elements/define";

const card = document.createElement("batch-card");
// @ts-expect-error a level is a number
card.headingLevel = "2";
// @ts-expect-error a card shows one batch
card.batches = [];
// @ts-expect-error what is shown is for reading
card.view = undefined;
document.querySelector("batch-list")?.addEventListener("batch-select", (event) => {
  const id: string | undefined = event.detail.view.id;
  // @ts-expect-error an id is text
  const wrong: number = event.detail.view.id;
  void [id, wrong];
});
