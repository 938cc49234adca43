// Tailwind 4 with the theme of docs/themes.md in `@layer base`, as in the `globals.css` of an application with shadcn.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../../../scripts/process.mjs";
import { serveFolder } from "../../../scripts/local-server.mjs";
import { openPage, runTool, versionOf, withBrowser } from "../support.mjs";

/** The background of the card in both color schemes. */
const surfaces = { light: "oklch(1 0 0)", dark: "oklch(0.205 0 0)" };

/** Builds the style sheet with Tailwind and opens the page. */
export async function check(folder) {
  const [, theme] = /```css theme=shadcn\n([\s\S]*?)```/.exec(readFileSync(at("docs", "themes.md"), "utf8"));
  // `--font-sans` is one of Tailwind's own variables.
  const variables = readFileSync(at("examples", "plain", "src", "shadcn-variables.css"), "utf8");
  const own = variables.replace(/^\s*--font-sans:.*\n/m, "");
  writeFileSync(join(folder, "globals.css"), `@import "tailwindcss";\n${own}\n@layer base {\n${theme}}\n`);
  await runTool(folder, "@tailwindcss/cli", "-i", "globals.css", "-o", "built.css");
  const { origin, close } = await serveFolder(folder);
  try {
    await withBrowser(async (browser) => {
      const { page, messages } = await openPage(browser, `${origin}/`);
      await page.waitForFunction(() => document.querySelector("batch-card").view?.outcome === "succeeded");
      for (const [scheme, surface] of Object.entries(surfaces)) {
        const found = await page.evaluate(lookOf, scheme);
        assert.equal(found.surface, surface, scheme);
        assert.deepEqual([found.radius, found.badgeRadius], ["10px", "8px"], scheme);
        assert.equal(found.font, found.pageFont, scheme);
      }
      assert.deepEqual(messages, [], "no message in the console");
    });
  } finally {
    close();
  }
  return [
    {
      tool: "Tailwind",
      version: versionOf(folder, "tailwindcss"),
      where: "theme",
      entry: "batchlight/elements/define",
    },
  ];
}

/** Runs in the page. */
function lookOf(scheme) {
  document.documentElement.classList.toggle("dark", scheme === "dark");
  const inside = (tag, part) => getComputedStyle(document.querySelector(tag).shadowRoot.querySelector(part));
  const card = inside("batch-card", ".card");
  const badge = inside("batch-status", "[part~=badge]");
  return {
    surface: card.backgroundColor,
    radius: card.borderRadius,
    badgeRadius: badge.borderRadius,
    font: badge.fontFamily,
    pageFont: getComputedStyle(document.body).fontFamily,
  };
}
