// Helpers of the element suites in Chromium: fixtures, and a page for each test.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { cache } from "../../../scripts/process.mjs";
import { collectProblems } from "../page-problems.mjs";
import { elementServer, showInPage } from "./element-page.mjs";

export * from "./element-fixtures.mjs";

/**
 * A test with a page of its own. It fails if the page logs a warning or an error, throws, requests a file that is not
 * part of the package, or runs a script from a hostile batch.
 *
 * - `body`, `define`, `lang`, `scheme`, `wasm`: the `PageOptions` of element-page.mjs
 * - `clock`: the time at which the page is opened, in Unix milliseconds; the test then controls the clock of the page
 */
export const elementTest = base.extend({
  server: elementServer,
  body: ["", { option: true }],
  define: [true, { option: true }],
  lang: ["en", { option: true }],
  scheme: ["light dark", { option: true }],
  wasm: [true, { option: true }],
  clock: [undefined, { option: true }],
  page: async ({ page, server, body, define, lang, scheme, wasm, clock }, use) => {
    const problems = collectProblems(page);
    server.show({ body, define, lang, scheme, wasm });
    page.on("request", (request) => {
      if (!server.has(request.url())) problems.push(`requested ${request.url()}`);
    });
    if (clock !== undefined) await page.clock.install({ time: clock });
    await page.goto(server.url);
    if (define) await page.waitForFunction(() => globalThis.ready === true);
    await use(page);
    assert.equal(await page.evaluate(() => globalThis.harmed), undefined, "a hostile batch ran a script");
    assert.deepEqual(problems, []);
  },
});

/** Adds elements with their properties to the page, and waits until they are rendered. */
export const show = (page, elements) => page.evaluate(showInPage, elements);

/** The path of a new screenshot. */
export function pathOf(name) {
  const folder = join(cache, "elements");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
