// Contrast of the colours: at least 4.5 to 1 for text and 3 to 1 for graphics, on both backgrounds and in both themes.
import assert from "node:assert/strict";
import { boardTest } from "./support.mjs";

const textColours = ["--ink", "--muted", "--accent"];
const graphicColours = ["--edge", "--fill-succeeded", "--fill-running", "--fill-failed"];
const backgrounds = ["--canvas", "--surface"];

/** The relative luminance of `#rrggbb` or `#rgb` as defined by WCAG 2. */
function luminance(colour) {
  const [red, green, blue] = colour
    .slice(1)
    .match(colour.length > 4 ? /../g : /./g)
    .map((part) => {
      const value = Number.parseInt(part.padEnd(2, part), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

for (const colorScheme of ["light", "dark"]) {
  boardTest.describe(() => {
    boardTest.use({ colorScheme });
    boardTest(`contrast in the ${colorScheme} theme`, async ({ page }) => {
      const { colours, tones, used } = await page.evaluate(() => {
        const style = getComputedStyle(document.documentElement);
        const names = [...document.styleSheets]
          .flatMap(({ cssRules }) => [...cssRules])
          .flatMap((rule) => [...(rule.style ?? [])]);
        const own = names.filter((name) => name.startsWith("--"));
        return {
          colours: Object.fromEntries(own.map((name) => [name, style.getPropertyValue(name).trim()])),
          tones: [...new Set(own.filter((name) => name.startsWith("--tone-")))],
          used: [
            ...new Set([...document.querySelectorAll("[data-tone]")].map(({ dataset }) => `--tone-${dataset.tone}`)),
          ],
        };
      });
      assert.deepEqual(
        used.filter((tone) => !tones.includes(tone)),
        [],
        "tones without a colour",
      );
      for (const background of backgrounds) {
        for (const name of [...textColours, ...tones])
          assert.ok(contrast(colours[name], colours[background]) >= 4.5, `${name} on ${background}`);
        for (const name of graphicColours)
          assert.ok(contrast(colours[name], colours[background]) >= 3, `${name} on ${background}`);
      }
    });
  });
}
