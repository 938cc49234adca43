// Keyboard shortcuts: each does what the dialog says, and none works while the user types.
import assert from "node:assert/strict";
import { heading, batchesTest, open, rows, settle } from "./batches-support.mjs";

const focusedRow = async (page) => (await rows(page)).findIndex(({ focused }) => focused);

batchesTest("keys move between rows, open and close batches", async ({ page }) => {
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

batchesTest.describe(() => {
  batchesTest.use({ viewport: { width: 390, height: 800 } });
  batchesTest("the focus follows a batch that replaces the list, and returns", async ({ page }) => {
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

batchesTest("shortcuts are off while the user types", async ({ page }) => {
  await page.keyboard.press("/");
  await page.keyboard.type("jxg?");
  assert.equal(await page.getByRole("searchbox", { name: "Find" }).inputValue(), "jxg?");
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.equal(await focusedRow(page), -1);
});

batchesTest("two keys open a page, and one asks whether to cancel", async ({ page }) => {
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
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Keep running");
  await page.keyboard.press("Enter");
  assert.equal(await heading(page), "Running");
});

batchesTest("the dialog lists the shortcuts and disables single-key shortcuts permanently", async ({ page }) => {
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await dialog.waitFor();
  assert.deepEqual((await dialog.locator("dt").allInnerTexts()).slice(0, 5), ["j", "k", "Enter", "Esc", "/"]);
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  assert.ok(await dialog.isVisible(), "a shortcut works while the dialog is open");
  await dialog.getByRole("checkbox", { name: "Enable single-key shortcuts" }).uncheck();
  await page.keyboard.press("Escape");
  assert.ok(!(await dialog.isVisible()));
  await page.keyboard.press("j");
  assert.equal(await focusedRow(page), -1);
  await page.reload();
  await settle(page);
  await page.keyboard.press("?");
  assert.ok(!(await dialog.isVisible()));
  // The button opens the dialog without a shortcut.
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("j");
  assert.equal(await focusedRow(page), 0);
});
