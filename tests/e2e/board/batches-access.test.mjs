// Accessibility of the Batches and Lifecycle pages: axe in both themes and two widths, forced colours.
import assert from "node:assert/strict";
import { checkWithAxe } from "../axe.mjs";
import { batchesTest, open, findRow } from "./batches-support.mjs";
import { saveScreenshot } from "./support.mjs";

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1440]) {
    batchesTest.describe(() => {
      batchesTest.use({ colorScheme, viewport: { width, height: 900 } });
      batchesTest(`axe finds no violations: Batches and Lifecycle, ${colorScheme}, ${width} px`, async ({ page }) => {
        // axe uses timers.
        await page.clock.resume();
        const check = async (name) => {
          assert.equal(
            await page.evaluate(() => document.documentElement.scrollWidth),
            width,
            `${name} is wider than the viewport`,
          );
          await checkWithAxe(page);
          await saveScreenshot(page, `${name}-${colorScheme}-${width}`);
        };
        await check("batches");
        const { id } = await findRow(page, /Rejected/);
        await open(page, id);
        await page.locator(".reason .help").waitFor();
        await check("rejected");
        if (width === 360) await page.getByRole("button", { name: "All batches" }).click();
        const running = await findRow(page, /Running/);
        await open(page, running.id);
        await page.keyboard.press("x");
        await check("confirmation");
        await page.keyboard.press("Escape");
        await page.keyboard.press("?");
        await check("shortcuts");
        await page.keyboard.press("Escape");
        await page.evaluate((id) => (location.hash = `#/lifecycle/${id}`), running.id);
        await page.locator('.status[data-state="current"]').waitFor();
        await page.locator('[data-transition="finalizing failed"]').focus();
        await check("lifecycle");
      });
    });
  }
}

batchesTest.describe(() => {
  batchesTest.use({ forcedColors: "active" });
  batchesTest("indicator, tags and lines stay visible in forced colours", async ({ page }) => {
    const { id } = await findRow(page, /Running/);
    await page.evaluate((id) => (location.hash = `#/lifecycle/${id}`), id);
    await page.locator('.status[data-state="current"]').waitFor();
    const drawn = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = "Canvas";
      const canvas = getComputedStyle(probe).color;
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      return {
        canvas,
        colours: [
          style(".status .body").stroke,
          style(".transition .line").stroke,
          style('.status[data-state="current"] .body').stroke,
          style(".tag rect").fill,
          style(".status .name").fill,
          style(".indicator").backgroundColor,
        ],
      };
    });
    for (const colour of drawn.colours) assert.notEqual(colour, drawn.canvas);
    await saveScreenshot(page, "lifecycle-forced");
  });
});
