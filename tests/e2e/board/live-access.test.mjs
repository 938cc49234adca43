// For everybody: every page and state of the live board by axe, in both themes at both ends of the widths.
import assert from "node:assert/strict";
import { checkWithAxe } from "../axe.mjs";
import { liveTest, open, rowLike } from "./live-support.mjs";
import { keepPicture } from "./support.mjs";

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1440]) {
    liveTest.describe(() => {
      liveTest.use({ colorScheme, viewport: { width, height: 900 } });
      liveTest(`axe finds nothing on any page: ${colorScheme}, ${width} px`, async ({ page }) => {
        // axe waits for timers.
        await page.clock.resume();
        const check = async (name) => {
          assert.equal(
            await page.evaluate(() => document.documentElement.scrollWidth),
            width,
            `${name} is wider than the window`,
          );
          await checkWithAxe(page);
          await keepPicture(page, `${name}-${colorScheme}-${width}`);
        };
        await check("batches");
        const { id } = await rowLike(page, /Rejected/);
        await open(page, id);
        await page.locator(".reason .remedy").waitFor();
        await check("rejected");
        if (width === 360) await page.getByRole("button", { name: "All batches" }).click();
        const running = await rowLike(page, /Running/);
        await open(page, running.id);
        await page.keyboard.press("x");
        await check("question");
        await page.keyboard.press("Escape");
        await page.keyboard.press("?");
        await check("keys");
        await page.keyboard.press("Escape");
        await page.evaluate((id) => (location.hash = `#/lifecycle/${id}`), running.id);
        await page.locator('.state[data-state="current"]').waitFor();
        await page.locator('[data-move="finalizing failed"]').focus();
        await check("lifecycle");
      });
    });
  }
}

liveTest.describe(() => {
  liveTest.use({ forcedColors: "active" });
  liveTest("the lamp, the tags and the lines stay visible in forced colours", async ({ page }) => {
    const { id } = await rowLike(page, /Running/);
    await page.evaluate((id) => (location.hash = `#/lifecycle/${id}`), id);
    await page.locator('.state[data-state="current"]').waitFor();
    const drawn = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = "Canvas";
      const canvas = getComputedStyle(probe).color;
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      return {
        canvas,
        colours: [
          style(".state .body").stroke,
          style(".move .line").stroke,
          style('.state[data-state="current"] .body').stroke,
          style(".tag rect").fill,
          style(".state .name").fill,
          style(".lamp").backgroundColor,
        ],
      };
    });
    for (const colour of drawn.colours) assert.notEqual(colour, drawn.canvas);
    await keepPicture(page, "lifecycle-forced");
  });
});

for (const colorScheme of ["light", "dark"]) {
  liveTest.describe(() => {
    liveTest.use({ colorScheme, viewport: { width: 1300, height: 800 }, deviceScaleFactor: 1.5 });
    liveTest(`the picture for the README: ${colorScheme}`, async ({ page }) => {
      await open(page, (await rowLike(page, /Completed with errors/)).id);
      await page.locator("board-causes .cause").first().waitFor();
      await page.locator("batch-list").evaluate((list) => list.shadowRoot.activeElement?.blur());
      await keepPicture(page, `readme-${colorScheme}`);
    });
  });
}
