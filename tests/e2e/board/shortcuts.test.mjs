// The live board by keys: each does what the dialog says, and none does while somebody types.
import assert from "node:assert/strict";
import { heading, liveTest, open, rows, settle } from "./live-support.mjs";

const focusedRow = async (page) => (await rows(page)).findIndex(({ focused }) => focused);

liveTest("rows are walked, opened and closed by keys", async ({ page }) => {
  await page.keyboard.press("j");
  assert.equal(await focusedRow(page), 0);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  assert.equal(await focusedRow(page), 1);
  await page.keyboard.press("Enter");
  await page.locator("board-detail batch-card").waitFor();
  const list = await rows(page);
  assert.equal(
    list.findIndex(({ current }) => current),
    1,
  );
  await page.keyboard.press("j");
  await page.waitForFunction((id) => location.hash.includes(id), list[2].id);
  await page.keyboard.press("Escape");
  await page.locator("board-detail").waitFor({ state: "detached" });
  assert.equal((await rows(page)).find(({ focused }) => focused)?.id, list[2].id);
});

liveTest.describe(() => {
  liveTest.use({ viewport: { width: 390, height: 800 } });
  liveTest("where the batch takes the place of the list, the focus goes along and comes back", async ({ page }) => {
    const [first, second] = await rows(page);
    await open(page, first.id);
    assert.ok(!(await page.locator("batch-list").isVisible()));
    assert.equal(await page.evaluate(() => document.activeElement.className), "detail");
    await page.keyboard.press("j");
    await page.waitForFunction((id) => location.hash.includes(id), second.id);
    await page.getByRole("button", { name: "All batches" }).click();
    await page.locator("batch-list").waitFor();
    assert.equal((await rows(page)).find(({ focused }) => focused)?.id, second.id);
  });
});

liveTest("while somebody types, keys are letters", async ({ page }) => {
  await page.keyboard.press("/");
  await page.keyboard.type("jxg?");
  assert.equal(await page.getByRole("searchbox", { name: "Find" }).inputValue(), "jxg?");
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.equal(await focusedRow(page), -1);
});

liveTest("two keys lead from page to page, and one asks whether to cancel", async ({ page }) => {
  for (const [key, hash] of [
    ["l", "#/lifecycle"],
    ["f", "#/files"],
    ["e", "#/examples"],
    ["b", "#/"],
  ]) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await page.waitForFunction((hash) => location.hash === hash, hash);
  }
  const running = (await rows(page)).find(({ label }) => label === "Running");
  await open(page, running.id);
  await page.keyboard.press("x");
  await page.getByRole("dialog", { name: "Cancel this batch?" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Keep it running");
  await page.keyboard.press("Enter");
  assert.equal(await heading(page), "Running");
});

liveTest("the dialog tells of the keys, and single ones can be switched off for good", async ({ page }) => {
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keys" });
  await dialog.waitFor();
  assert.deepEqual((await dialog.locator("dt").allInnerTexts()).slice(0, 5), ["j", "k", "Enter", "Esc", "/"]);
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  assert.ok(await dialog.isVisible(), "keys of the page do nothing in it");
  await dialog.getByRole("checkbox", { name: "Single keys do something" }).uncheck();
  await page.keyboard.press("Escape");
  assert.ok(!(await dialog.isVisible()));
  await page.keyboard.press("j");
  assert.equal(await focusedRow(page), -1);
  await page.reload();
  await settle(page);
  await page.keyboard.press("?");
  assert.ok(!(await dialog.isVisible()));
  // The way to switch them on again needs no key.
  await page.getByRole("button", { name: "Keys" }).click();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("j");
  assert.equal(await focusedRow(page), 0);
});
