// Every recipe of examples/recipes, in one project that has the packages of all.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { switches } from "../../../scripts/chromium.mjs";
import { at, elapsed, print } from "../../../scripts/process.mjs";
import { checks } from "../../package/recipes/checks.mjs";

/** Checks each recipe, copied below `folder`. */
export async function check(folder) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: switches });
  try {
    for (const [name, checkRecipe] of Object.entries(checks)) {
      const start = performance.now();
      const copy = join(folder, name);
      rmSync(copy, { recursive: true, force: true });
      cpSync(at("examples", "recipes", name), copy, { recursive: true });
      await checkRecipe(copy, browser);
      print(`    ${name.padEnd(42)} passed ${elapsed(start)}`);
    }
  } finally {
    await browser.close();
  }
}
