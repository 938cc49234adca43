// What the suites of the elements in Chromium share: the material, and pages of their own.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { cache } from "../../../scripts/say.mjs";
import { collectProblems } from "../page-problems.mjs";
import { serveElements, showInPage } from "./element-page.mjs";

export * from "./element-fixtures.mjs";

/**
 * A test of the elements on a page of its own. It fails when the page complains in the console, throws, requests
 * anything but the package's files, or lets hostile text act.
 *
 * - `body`, `define`, `lang`, `scheme`: what the page is made of; see `PageOptions` of served.mjs.
 * - `clock`: when the page is opened, in Unix milliseconds; the page's time is then the test's.
 */
export const elementTest = base.extend({
  server: [
    async ({}, use) => {
      const server = await serveElements();
      await use(server);
      server.close();
    },
    { scope: "worker" },
  ],
  body: ["", { option: true }],
  define: [true, { option: true }],
  lang: ["en", { option: true }],
  scheme: ["light dark", { option: true }],
  clock: [undefined, { option: true }],
  page: async ({ page, server, body, define, lang, scheme, clock }, use) => {
    const problems = collectProblems(page);
    server.show({ body, define, lang, scheme });
    page.on("request", (request) => {
      if (!server.has(request.url())) problems.push(`requested ${request.url()}`);
    });
    if (clock !== undefined) await page.clock.install({ time: clock });
    await page.goto(server.url);
    if (define) await page.waitForFunction(() => globalThis.ready === true);
    await use(page);
    assert.equal(await page.evaluate(() => globalThis.harmed), undefined, "hostile text acted");
    assert.deepEqual(problems, []);
  },
});

/** Puts elements into the page, each with properties, and waits until they are shown. */
export const show = (page, elements) => page.evaluate(showInPage, elements);

/** Where a picture is kept. */
export function pathOf(name) {
  const folder = join(cache, "elements");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
