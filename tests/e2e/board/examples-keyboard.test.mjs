// The Examples page by keyboard alone.
import assert from "node:assert/strict";
import { boardTest, focused, pastedBatches, tabTo } from "./support.mjs";

boardTest("the first stop skips the paste box", async ({ page }) => {
  await page.keyboard.press("Tab");
  assert.equal((await focused(page)).name, "Skip to the examples");
  await page.keyboard.press("Enter");
  assert.equal((await focused(page)).name, "examples");
  await tabTo(page, ({ tag }) => tag === "summary", 1);
});

boardTest("a batch can be typed, read and cleared", async ({ page }) => {
  await tabTo(page, ({ name }) => name === "paste-text");
  await page.keyboard.insertText('{"id":"batch_1"}');
  await page.locator(".result").waitFor();
  await tabTo(page, ({ name }) => name === "paste-profile", 1);
  await page.keyboard.press("End");
  assert.equal(await page.locator("#paste-profile").inputValue(), "compatible");
  await tabTo(page, ({ name }) => name === "Clear", 1);
  await page.keyboard.press("Enter");
  await page.locator(".result").waitFor({ state: "detached" });
  assert.equal((await focused(page)).name, "paste-text");
});

boardTest("a sample can be opened and its notes expanded", async ({ page }) => {
  await tabTo(page, ({ name }) => name === "a batch");
  await page.keyboard.press("Space");
  await pastedBatches(page).first().waitFor();
  await tabTo(page, ({ tag, name }) => tag === "summary" && /note/.test(name));
  await page.keyboard.press("Enter");
  assert.ok(await pastedBatches(page).locator(".issue[data-level=note]").first().isVisible());
});

boardTest("a group is selected with the arrow keys, a text is typed", async ({ page }) => {
  await tabTo(page, ({ tag }) => tag === "input");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator(".group").count(), 1);
  await tabTo(page, ({ tag }) => tag === "input", 1);
  await page.keyboard.type("azure");
  await page.locator("[role=status]", { hasText: /^\d+ examples? shown\.$/ }).waitFor({ state: "attached" });
});

boardTest.describe(() => {
  boardTest.use({ viewport: { width: 1280, height: 900 } });
  boardTest("every stop has a visible focus", async ({ page }) => {
    await page.getByRole("searchbox").fill("dashscope");
    const stops = await page.locator("a, button, input, select, textarea, summary").count();
    let last;
    await tabTo(
      page,
      ({ tag, name }) => {
        if (tag === "summary" && name === "Raw JSON") last = (last ?? 0) + 1;
        return last === 7;
      },
      stops + 5,
    );
  });
});
