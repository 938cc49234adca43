// The files of a batch on the live board: why requests failed, downloads, and the way to the page for files.
import assert from "node:assert/strict";
import { downloaded, withoutPickers, withPickers, written } from "./files-support.mjs";
import { isThere, liveTest, open, passUntil, rowLike } from "./live-support.mjs";

liveTest("tells why requests failed in the package's words, and what to do", async ({ page }) => {
  await open(page, (await rowLike(page, /Completed with errors/)).id);
  await page.locator("board-causes .cause").first().waitFor();
  const causes = await page
    .locator("board-causes .cause")
    .evaluateAll((items) =>
      items.map((item) => [
        Number(item.querySelector(".times b").textContent),
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

liveTest(
  "groups the reasons of a rejection by code, with the help that the check of the input file gives",
  async ({ page }) => {
    await open(page, (await rowLike(page, /Rejected/)).id);
    await page.locator(".reason .help").waitFor();
    assert.deepEqual(await page.locator(".reason .code code").allInnerTexts(), ["duplicate_custom_id"]);
    assert.equal(await page.locator(".reason .list > li").count(), 3);
    assert.equal(await page.locator(".reason .help").innerText(), "give each request a text of its own");
  },
);

liveTest("saves a file to disk, byte for byte", async ({ page }) => {
  const { id } = await rowLike(page, /All 320 requests succeeded/);
  await open(page, id);
  await withoutPickers(page);
  const { name, text } = await downloaded(page, page.getByRole("button", { name: "Download the output file" }));
  assert.equal(name, `${id}_output.jsonl`);
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(new Set(lines.map(({ custom_id }) => custom_id)).size, 320);
  assert.ok(lines.every(({ response }) => response.status_code === 200));
  await withPickers(page);
  await page.getByRole("button", { name: "Download the input file" }).click();
  await passUntil(page, async () => (await page.locator("[role=status]").innerText()) === "The input file is saved.", {
    within: 60,
    step: 0.1,
  });
  assert.equal((await written(page, "nightly-summaries.jsonl")).split("\n").length, 321);
});

liveTest(
  "opens the files of a batch on the page for files, which tells what became of each request",
  async ({ page }) => {
    await open(page, (await rowLike(page, /Expired, partial results/)).id);
    await page.getByRole("button", { name: "See what became of each request" }).click();
    await page.locator("table.verdicts").waitFor();
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

liveTest("files that are gone are said to be", async ({ page }) => {
  const { id } = await rowLike(page, /All 320 requests succeeded/);
  // A month later by the API's clock, in which files live so long.
  await page.clock.fastForward(31 * 360_000);
  await open(page, id);
  await passUntil(page, () => isThere(page, ".batch-files .gone"), { within: 60, step: 0.1 });
  assert.ok(await page.getByRole("button", { name: "Download the output file" }).isDisabled());
  assert.equal(await page.locator(".to-files").count(), 0);
});
