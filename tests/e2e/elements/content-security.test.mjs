// A page whose Content-Security-Policy forbids WebAssembly: with batchlight/js/register the elements and the stores
// work, and the browser reports nothing.
import assert from "node:assert/strict";
import { describeBatch } from "batchlight";
import { batches, elementTest, now, running, show, textsShownBy } from "./support.mjs";

elementTest.use({ wasm: false });

elementTest("elements show every batch", async ({ page }) => {
  await show(
    page,
    batches.map((batch) => ["batch-card", { batch, now, locale: "en-GB" }]),
  );
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll("batch-card")].map(({ shadowRoot }) =>
      shadowRoot.textContent.replaceAll(/\s+/g, " "),
    ),
  );
  for (const [index, batch] of batches.entries())
    for (const text of textsShownBy("batch-card", describeBatch(batch, { now })))
      assert.ok(shown[index].includes(text), text);
});

elementTest("a store watches", async ({ page }) => {
  const label = await page.evaluate(
    (batch) =>
      new Promise((resolve) => {
        void import("batchlight/store").then(({ createBatchStore }) => {
          createBatchStore(batch.id, async () => batch).subscribe(({ view }) => view && resolve(view.label));
        });
      }),
    running,
  );
  assert.equal(label, "Running");
});

elementTest("a list describes and sorts", async ({ page }) => {
  await show(page, [["batch-list", { batches, now }]]);
  await page.waitForFunction((count) => document.querySelector("batch-list").shown.length === count, batches.length);
});
