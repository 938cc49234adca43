// Each example: its types hold, wrong ones are found, it builds, and in Chromium it does what it is an example of.
import assert from "node:assert/strict";
import { cpSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { switches } from "../../scripts/chromium.mjs";
import { at } from "../../scripts/say.mjs";
import { command, copyExamples } from "./support.mjs";

/** By example, the command that checks its types. */
const checkers = { plain: "typescript", react: "typescript", svelte: "svelte-check", vue: "vue-tsc" };
const names = Object.keys(checkers);
const origin = "http://example.test";
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

const { folder, remove } = copyExamples(names);
let browser;
before(
  async () => void (browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: switches })),
);
after(async () => {
  await browser?.close();
  remove();
});

/** Opens what was built, with a clock that the test moves and a count of the timers that are set. */
async function open(name, troubles) {
  const page = await browser.newPage();
  page.on("pageerror", (error) => troubles.push(`thrown: ${error.message}`));
  page.on(
    "console",
    (message) => ["error", "warning"].includes(message.type()) && troubles.push(`${message.type()}: ${message.text()}`),
  );
  await page.route("**", (route) => {
    const { pathname } = new URL(route.request().url());
    const path = join(folder, "examples", name, "dist", pathname === "/" ? "index.html" : pathname);
    if (statSync(path, { throwIfNoEntry: false })?.isFile())
      return route.fulfill({ contentType: types[extname(path)], body: readFileSync(path) });
    if (pathname !== "/favicon.ico") troubles.push(`asked for ${pathname}`);
    return route.fulfill({ status: 404 });
  });
  await page.clock.install();
  await page.addInitScript(() => {
    globalThis.timers = 0;
    const set = globalThis.setTimeout;
    globalThis.setTimeout = (...given) => ((globalThis.timers += 1), set(...given));
  });
  await page.goto(`${origin}/`);
  return page;
}

for (const name of names) {
  describe(name, () => {
    const example = join(folder, "examples", name);

    test("types hold, and wrong ones are found", async () => {
      cpSync(at("tests", "frameworks", "wrong", name), join(example, "src"), { recursive: true });
      await command(example, checkers[name]);
    });

    test("the batch arrives as an object, events and updates arrive, and nothing is left when it goes", async () => {
      await command(example, "vite", "build", "--logLevel", "warn");
      const troubles = [];
      const page = await open(name, troubles);
      const card = (read) =>
        page.evaluate(`(() => { const card = document.querySelector("batch-card"); return ${read}; })()`);
      const rows = page.locator("batch-list").locator("li");
      await page.waitForFunction(() => document.querySelector("batch-card")?.view);

      assert.equal(await card("typeof card.batch"), "object");
      assert.equal(await card("card.getAttribute('batch')"), null);
      assert.equal(await card("card.shadowRoot.querySelector('[role=heading]').ariaLevel"), "2");
      assert.equal(await card("card.view.status"), "validating");
      assert.equal(await rows.count(), 6);
      assert.match(await rows.locator("[aria-current=true]").textContent(), /Checking file.*batch_live/);

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
      await page.close();
      assert.deepEqual(troubles, []);
    });

    test("polls and clocks end with what shows them", async () => {
      const troubles = [];
      const page = await open(name, troubles);
      await page.waitForFunction(() => document.querySelector("batch-card")?.view);
      await page.getByRole("button", { name: "Hide" }).click();
      await page.waitForFunction(() => document.querySelector("batch-card, batch-list") === null);
      await page.clock.runFor(1_000);
      const timers = await page.evaluate(() => globalThis.timers);
      await page.clock.runFor(600_000);
      assert.equal(await page.evaluate(() => globalThis.timers), timers);
      await page.close();
      assert.deepEqual(troubles, []);
    });
  });
}
