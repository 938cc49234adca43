// Checks accessibility rules with axe in a page that Playwright or Puppeteer controls.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with the violations that axe finds in a page. */
export async function checkWithAxe(page) {
  if (await page.evaluate(() => globalThis.axe === undefined)) await page.evaluate(source);
  const { violations, passes } = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
    tags,
  );
  assert.ok(
    passes.some(({ id }) => id === "color-contrast"),
    "axe did not check contrast",
  );
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.length} x ${nodes[0].target} ${nodes[0].failureSummary}`),
    [],
  );
}
