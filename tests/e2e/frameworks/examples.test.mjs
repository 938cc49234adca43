// Each example compiles, rejects wrong types, builds, and works in Chromium.
import assert from "node:assert/strict";
import { cpSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { test } from "@playwright/test";
import { at } from "../../../scripts/process.mjs";
import { collectProblems } from "../page-problems.mjs";
import { command, copyExamples } from "./support.mjs";

/** The command that checks the types of each example. */
const checkers = { plain: "typescript", react: "typescript", svelte: "svelte-check", vue: "vue-tsc" };
const origin = "http://example.test";
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** Opens a built example, with a clock that the test controls and a count of the timers that the page sets. */
async function open(page, folder) {
  const problems = collectProblems(page);
  await page.route("**", (route) => {
    const { pathname } = new URL(route.request().url());
    const path = join(folder, pathname === "/" ? "index.html" : pathname);
    if (statSync(path, { throwIfNoEntry: false })?.isFile())
      return route.fulfill({ contentType: types[extname(path)], body: readFileSync(path) });
    if (pathname !== "/favicon.ico") problems.push(`requested ${pathname}`);
    return route.fulfill({ status: 404 });
  });
  await page.clock.install();
  await page.addInitScript(() => {
    globalThis.timers = 0;
    const set = globalThis.setTimeout;
    globalThis.setTimeout = (...args) => {
      globalThis.timers += 1;
      return set(...args);
    };
  });
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => document.querySelector("batch-card")?.view);
  return problems;
}

for (const [name, checker] of Object.entries(checkers)) {
  test.describe(name, () => {
    test("compiles, and rejects wrong types", async () => {
      const { folder, remove } = copyExamples([name]);
      try {
        const example = join(folder, "examples", name);
        cpSync(at("tests", "e2e", "frameworks", "type-errors", name), join(example, "src"), { recursive: true });
        await command(example, checker);
      } finally {
        remove();
      }
    });
  });

  test.describe(name, () => {
    // Serial in one worker, so that the example is built once.
    test.describe.configure({ mode: "default" });
    let copy;
    let built;
    test.beforeAll(async () => {
      copy = copyExamples([name]);
      const example = join(copy.folder, "examples", name);
      await command(example, "vite", "build", "--logLevel", "warn");
      built = join(example, "dist");
    });
    test.afterAll(() => copy?.remove());

    test("passes the batch as an object, receives events and updates, and removes the elements", async ({ page }) => {
      const problems = await open(page, built);
      const card = (read) =>
        page.evaluate(`(() => { const card = document.querySelector("batch-card"); return ${read}; })()`);
      const rows = page.locator("batch-list").locator("li");

      assert.equal(await card("typeof card.batch"), "object");
      assert.equal(await card("card.getAttribute('batch')"), null);
      assert.equal(await card("card.shadowRoot.querySelector('[role=heading]').ariaLevel"), "2");
      assert.equal(await card("card.view.status"), "validating");
      await page.waitForFunction(() => document.querySelector("batch-list").shown.length === 6);
      assert.equal(await rows.count(), 6);
      assert.match(await rows.locator("[aria-current=true]").textContent(), /batch_live.*Checking file/);

      await page.clock.runFor(60_000);
      await page.waitForFunction(() => document.querySelector("batch-card").view.status === "in_progress");
      assert.match(await rows.filter({ hasText: "batch_live" }).textContent(), /Running/);
      await page.clock.runFor(120_000);
      await page.waitForFunction(() => document.querySelector("batch-card").view.terminal);
      assert.match(await card("card.shadowRoot.textContent"), /Completed with errors/);

      await rows.filter({ hasText: "Rejected" }).getByRole("button").click();
      await page.waitForFunction(() => document.querySelector("batch-card").view.id === "batch_rejected");
      assert.match(await rows.locator("[aria-current=true]").textContent(), /Rejected/);

      await page.getByRole("button", { name: "Hide" }).click();
      await page.waitForFunction(() => document.querySelector("batch-card, batch-list") === null);
      assert.deepEqual(problems, []);
    });

    test("polling and timers end when the elements are removed", async ({ page }) => {
      const problems = await open(page, built);
      await page.getByRole("button", { name: "Hide" }).click();
      await page.waitForFunction(() => document.querySelector("batch-card, batch-list") === null);
      await page.clock.runFor(1_000);
      const timers = await page.evaluate(() => globalThis.timers);
      await page.clock.runFor(600_000);
      assert.equal(await page.evaluate(() => globalThis.timers), timers);
      assert.deepEqual(problems, []);
    });
  });
}
