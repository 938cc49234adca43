// The files of a batch: causes of failures, downloads, and opening them on the Files page.
import assert from "node:assert/strict";
import { downloaded, withoutPickers, withPickers, written } from "./files-support.mjs";
import { isThere, batchesTest, open, advanceUntil, findRow } from "./batches-support.mjs";

batchesTest("shows why requests failed, with the package's advice", async ({ page }) => {
  await open(page, (await findRow(page, /Completed with errors/)).id);
  await page.locator("board-causes .cause").first().waitFor();
  const causes = await page
    .locator("board-causes .cause")
    .evaluateAll((items) =>
      items.map((item) => [
        Number.parseInt(item.querySelector(".times").textContent, 10),
        item.querySelector(".advice").textContent,
      ]),
    );
  const failed = Number(/(\d+) failed/.exec(await page.locator("board-detail batch-card .summary").innerText())[1]);
  assert.equal(
    causes.reduce((sum, [times]) => sum + times, 0),
    failed,
  );
  for (const [, advice] of causes) assert.ok(advice.length > 5);
});

batchesTest(
  "groups the errors of a rejection by code, with the help from the check of the input file",
  async ({ page }) => {
    await open(page, (await findRow(page, /Rejected/)).id);
    await page.locator(".reason .help").waitFor();
    assert.deepEqual(await page.locator(".reason .code code").allInnerTexts(), ["duplicate_custom_id"]);
    assert.equal(await page.locator(".reason .list > li").count(), 3);
    assert.equal(await page.locator(".reason .help").innerText(), "use a unique custom_id");
  },
);

batchesTest("saves a file to disk, byte for byte", async ({ page }) => {
  const { id } = await findRow(page, /Completed.*320 of 320 requests finished/s);
  await open(page, id);
  await withoutPickers(page);
  const { name, text } = await downloaded(
    page,
    page.locator("board-downloads").getByRole("button", { name: "Download the output file" }),
  );
  assert.equal(name, `${id}_output.jsonl`);
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(new Set(lines.map(({ custom_id }) => custom_id)).size, 320);
  assert.ok(lines.every(({ response }) => response.status_code === 200));
  await withPickers(page);
  await page.getByRole("button", { name: "Download the input file" }).click();
  await advanceUntil(page, async () => (await page.locator("[role=status]").innerText()) === "Saved the input file.", {
    within: 60,
    step: 0.1,
  });
  assert.equal((await written(page, "nightly-summaries.jsonl")).split("\n").length, 321);
});

batchesTest(
  "opens the files of a batch on the Files page, which shows the result of each request",
  async ({ page }) => {
    await open(page, (await findRow(page, /Expired, partial results/)).id);
    await page.getByRole("button", { name: "View requests and responses" }).click();
    await page.locator(".verdict-row").first().waitFor();
    assert.equal(await page.evaluate(() => location.hash), "#/files");
    const totals = await page
      .locator(".totals > div")
      .evaluateAll((items) =>
        Object.fromEntries(items.map((item) => [item.dataset.verdict, Number(item.querySelector("dd").textContent)])),
      );
    assert.equal(totals.succeeded + totals.failed, 280);
    assert.equal(totals.missing, 0);
  },
);

batchesTest("shows which files are no longer available", async ({ page }) => {
  const { id } = await findRow(page, /Completed.*320 of 320 requests finished/s);
  // Files expire after a month of the API's clock.
  await page.clock.fastForward(31 * 360_000);
  await open(page, id);
  await advanceUntil(page, () => isThere(page, ".batch-files .gone"), { within: 60, step: 0.1 });
  assert.ok(
    await page.locator("board-downloads").getByRole("button", { name: "Download the output file" }).isDisabled(),
  );
  assert.equal(await page.locator(".to-files").count(), 0);
});
