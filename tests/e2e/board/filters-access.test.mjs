// The filters and saved views of the Batches page: axe in both themes and in forced colours, and the keyboard alone.
import assert from "node:assert/strict";
import { checkWithAxe } from "../axe.mjs";
import { advance, batchesTest, rows } from "./batches-support.mjs";
import { saveScreenshot, tabTo } from "./support.mjs";

/** Opens every control: the filters with both days, and the name of a view. */
async function openAll(page) {
  const toggle = page.getByRole("button", { name: /^Filters/ });
  if (await toggle.isVisible()) await toggle.click();
  await page.locator("[data-filter=status]").selectOption("in_progress");
  await page.locator("[data-filter=date]").selectOption("between");
  await page.getByRole("button", { name: "Save this view…" }).click();
  await page.getByRole("textbox", { name: "Name of this view" }).fill("Running now");
}

const looks = /** @type {const} */ ([
  { name: "light", width: 1440, use: { colorScheme: "light" } },
  { name: "dark", width: 360, use: { colorScheme: "dark" } },
  { name: "forced", width: 360, use: { forcedColors: "active" } },
]);
for (const { name, width, use } of looks) {
  batchesTest.describe(() => {
    batchesTest.use({ ...use, viewport: { width, height: 900 } });
    batchesTest(`axe finds no violations in open filters: ${name}, ${width} px`, async ({ page }) => {
      await openAll(page);
      // axe uses timers.
      await page.clock.resume();
      await checkWithAxe(page);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: "Running now" }).waitFor();
      await checkWithAxe(page);
      await saveScreenshot(page, `filters-${name}-${width}`);
    });
  });
}

batchesTest("filters are set, saved and cleared by the keyboard alone", async ({ page }) => {
  const all = (await rows(page)).length;
  await tabTo(page, ({ name }) => name.startsWith("Status"));
  await page.keyboard.type("Run");
  await advance(page, 1);
  assert.ok((await rows(page)).length < all);
  assert.ok((await rows(page)).every(({ label }) => label === "Running"));
  await tabTo(page, ({ name }) => name.startsWith("Created"));
  await page.keyboard.type("Yes");
  await advance(page, 1);
  assert.match(page.url(), /status=in_progress&date=yesterday$/);
  await tabTo(page, ({ name }) => name === "Save this view…");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Running since yesterday");
  await page.keyboard.press("Enter");
  await page.locator("board-views a:focus").getByText("Running since yesterday").waitFor();
  await page.locator("[data-filter=status]").focus();
  await tabTo(page, ({ name }) => name === "Clear filters");
  await page.keyboard.press("Enter");
  await advance(page, 1);
  assert.equal((await rows(page)).length, all);
  assert.ok(
    await page.evaluate(() => document.activeElement.matches("[data-filter]")),
    "the focus stays in the filters",
  );
});
