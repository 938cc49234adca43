// Accessibility of the Examples page: axe in both themes and two widths, reduced motion, forced colours, print.
import assert from "node:assert/strict";
import { checkWithAxe } from "../axe.mjs";
import { boardTest, fixtures, saveScreenshot, paste } from "./support.mjs";

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1440]) {
    boardTest.describe(() => {
      boardTest.use({ colorScheme, viewport: { width, height: 900 } });
      boardTest(`axe finds no violations: Examples, ${colorScheme}, ${width} px`, async ({ page }) => {
        await paste(page, JSON.stringify([fixtures[17].batch, { status: "paused" }, 7]));
        await page.locator(".result details").first().locator("summary").click();
        await page.locator(".result board-raw-json summary").first().click();
        assert.equal(
          await page.evaluate(() => document.documentElement.scrollWidth),
          width,
          "the page is wider than the window",
        );
        await saveScreenshot(page, `examples-${colorScheme}-${width}`);
        await checkWithAxe(page);
      });
    });
  }
}

boardTest("the page never scrolls horizontally from 320 px on", async ({ page }) => {
  await paste(page, JSON.stringify(fixtures.slice(0, 30).map(({ batch }) => batch)));
  for (const width of [320, 360, 480, 672, 768, 1024, 1088, 1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  }
});

boardTest.describe(() => {
  boardTest.use({ reducedMotion: "no-preference" });
  boardTest("animations run only without reduced motion", async ({ page }) => {
    const countAnimations = () =>
      page.evaluate(() =>
        [document, ...[...document.querySelectorAll("batch-card")].map(({ shadowRoot }) => shadowRoot)].reduce(
          (sum, root) => sum + root.getAnimations().length,
          0,
        ),
      );
    assert.ok((await countAnimations()) > 0);
    await page.emulateMedia({ reducedMotion: "reduce" });
    assert.equal(await countAnimations(), 0);
  });
});

boardTest.describe(() => {
  boardTest.use({ forcedColors: "active" });
  boardTest("bars and icons stay visible in forced colours", async ({ page }) => {
    const drawn = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement("i"));
      const system = (name) => {
        probe.style.color = name;
        return getComputedStyle(probe).color;
      };
      const cards = [...document.querySelectorAll("batch-card")];
      const style = (selector, pseudo) =>
        getComputedStyle(cards.map(({ shadowRoot }) => shadowRoot.querySelector(selector)).find(Boolean), pseudo);
      return {
        canvas: system("Canvas"),
        colours: [
          style(".track").stroke,
          style(".succeeded").stroke,
          style(".failed").stroke,
          style(".icon").stroke,
          style(".timeline .entry", "::before").backgroundColor,
        ],
      };
    });
    for (const colour of drawn.colours) assert.notEqual(colour, drawn.canvas);
    await page.locator(".group[data-group=attention]").scrollIntoViewIfNeeded();
    await saveScreenshot(page, "forced-colours");
  });
});

boardTest.describe(() => {
  boardTest.use({ colorScheme: "dark" });
  boardTest("print shows batches in light colours without controls", async ({ page }) => {
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(
      await page.evaluate(() => [
        getComputedStyle(document.documentElement).backgroundColor,
        getComputedStyle(document.documentElement).color,
      ]),
      ["rgb(255, 255, 255)", "rgb(26, 28, 31)"],
    );
    assert.ok(await page.locator(".batch").first().isVisible());
    assert.equal(await page.locator("button:visible, textarea:visible, input:visible").count(), 0);
  });
});
