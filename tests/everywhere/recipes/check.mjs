// Every recipe of examples/recipes, in one project that has the packages of all.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { launchChromium } from "../../../scripts/chromium.mjs";
import { at } from "../../../scripts/process.mjs";
import { checks } from "../../package/recipes/checks.mjs";
import { versionOf } from "../support.mjs";

/** The recipes of tools that have no other row, and the package of the tool. */
const tools = { "express-proxy": "express", storybook: "storybook", "tanstack-query": "@tanstack/react-query" };

/** Checks each recipe, copied below `folder`. */
export async function check(folder) {
  const browser = await launchChromium();
  try {
    for (const [name, checkRecipe] of Object.entries(checks)) {
      const copy = join(folder, name);
      rmSync(copy, { recursive: true, force: true });
      cpSync(at("examples", "recipes", name), copy, { recursive: true });
      await checkRecipe(copy, browser);
    }
  } finally {
    await browser.close();
  }
  return Object.entries(tools).map(([name, tool]) => ({
    tool,
    version: versionOf(folder, tool),
    where: `recipe ${name}`,
  }));
}
