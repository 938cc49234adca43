// The themes of docs/themes.md: short, the same as in the example, and effective, with enough contrast in light and
// dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { batches, elementTest, now, running, show } from "./support.mjs";

const read = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const themes = Object.fromEntries(
  [...read("docs/themes.md").matchAll(/```css theme=(\w+)\n([\s\S]*?)```/g)].map(([, name, css]) => [name, css]),
);
const variables = read("examples/plain/src/shadcn-variables.css");
const succeeded = batches.find(({ status, request_counts: counts }) => status === "completed" && counts?.failed === 0);
const failed = batches.find(({ status }) => status === "failed");

/** What is expected of the bar and the card in each theme. */
const expected = {
  ours: { barHeight: "10px", radius: "12px" },
  github: { barHeight: "8px", radius: "6px" },
  shadcn: { barHeight: "10px", radius: "10px" },
};

elementTest("three themes, each of less than 20 lines, as in the example", () => {
  assert.deepEqual(Object.keys(themes), Object.keys(expected));
  for (const [name, css] of Object.entries(themes)) {
    assert.ok(css.trim().split("\n").length < 20, name);
    assert.equal(css, read(`examples/plain/src/themes/${name}.css`));
  }
});

for (const scheme of ["light", "dark"]) {
  elementTest.describe(scheme, () => {
    elementTest.use({ colorScheme: /** @type {"light" | "dark"} */ (scheme) });
    for (const [name, css] of Object.entries(themes)) {
      elementTest(`${name}: applies, and its texts have enough contrast`, async ({ page }) => {
        await page.evaluate(
          ([css, scheme]) => {
            document.documentElement.classList.toggle("dark", scheme === "dark");
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
          },
          [variables + css, scheme],
        );
        await show(
          page,
          [running, succeeded, failed].flatMap((batch) => [
            ["batch-status", { batch, now }],
            ["batch-card", { batch, now }],
          ]),
        );
        const found = await page.evaluate(() => {
          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const rgb = (color, below) => {
            canvas.fillStyle = below;
            canvas.fillRect(0, 0, 1, 1);
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
          };
          const luminance = (channels) => {
            const [r, g, b] = channels.map((channel) => {
              const value = channel / 255;
              return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const contrast = (text, surface) => {
            const below = getComputedStyle(surface).backgroundColor;
            const [a, b] = [rgb(getComputedStyle(text).color, below), rgb(below, "white")].map(luminance);
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          };
          const cards = [...document.querySelectorAll("batch-card")].map(({ shadowRoot }) => shadowRoot);
          const badges = [...document.querySelectorAll("batch-status")].map(({ shadowRoot }) => shadowRoot);
          const inCards = cards.flatMap((root) =>
            [...root.querySelectorAll(".heading, .summary, .id, .time, .gap, dt")].map((text) => [
              text.className || text.localName,
              contrast(text, root.querySelector(".card")),
            ]),
          );
          const inBadges = badges.map((root) => [
            "badge",
            contrast(root.querySelector(".label"), root.querySelector(".badge")),
          ]);
          return {
            barHeight: getComputedStyle(cards[0].querySelector(".bar svg")).height,
            radius: getComputedStyle(cards[0].querySelector(".card")).borderTopLeftRadius,
            faint: [...inCards, ...inBadges].filter(([, ratio]) => ratio < 4.5),
          };
        });
        assert.deepEqual(found, { ...expected[name], faint: [] });
      });
    }
  });
}
