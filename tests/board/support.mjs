// What the suites of the board share: a browser, and pages that are watched while a test uses them.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { switches } from "../../scripts/chromium.mjs";
import { cache } from "../../scripts/say.mjs";

const url = process.env.BOARD_URL;
assert.ok(url, "BOARD_URL names no board: run these suites by npm test");

/** The origin that the board is served from. */
export const { origin } = new URL(url);

/** The fixtures the board shows, in the order of their file. */
export const fixtures = readFileSync(new URL("../fixtures/batches.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line));

let browser;
before(
  async () => void (browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: switches })),
);
after(() => browser?.close());

const usual = { locale: "en-GB", timezoneId: "UTC", viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" };

/**
 * A test of the examples, on a page of its own. Whatever it is about, it fails when the page complains in the console,
 * throws, or asks for anything outside its own origin.
 *
 * @param {string} name
 * @param {import("playwright-core").BrowserContextOptions & { expected?: RegExp }} options for the page's context;
 * `expected` is the complaint that must come, and no other
 * @param {(page: import("playwright-core").Page) => Promise<void>} work
 */
export function boardTest(name, options, work) {
  pageTest(name, options, { hash: "#/examples", ready: ".batch" }, work);
}

/**
 * Tests a page of the board: at `hash`, and there as soon as `ready` is. `prepare` is called with the page before it
 * goes anywhere, `settle` when it is there; `at` says where the board is, when it is asked for.
 */
export function pageTest(name, { expected, prepare, settle, ...options }, { hash, ready, at = () => url }, work) {
  test(name, async () => {
    const context = await browser.newContext({ ...usual, ...options });
    const page = await context.newPage();
    const troubles = [];
    page.on("pageerror", (error) => troubles.push(`thrown: ${error.message}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) troubles.push(`${message.type()}: ${message.text()}`);
    });
    page.on("request", (request) => {
      const asked = new URL(request.url());
      if (!["data:", "blob:"].includes(asked.protocol) && asked.origin !== new URL(at()).origin)
        troubles.push(`asked for ${asked}`);
    });
    try {
      await prepare?.(page);
      await page.goto(`${at()}${hash}`);
      await settle?.(page);
      await page.locator(ready).first().waitFor({ state: "attached" });
      await work(page);
      // Once from the policy in the page, once from the same one that it is served with.
      if (expected)
        assert.ok(
          troubles.some((trouble) => expected.test(trouble)),
          "no complaint",
        );
      assert.deepEqual(
        troubles.filter((trouble) => !expected?.test(trouble)),
        [],
      );
    } finally {
      // An answer on its way through a route has nowhere to go once the page is closed.
      await page.unrouteAll({ behavior: "ignoreErrors" });
      await context.close();
    }
  });
}

/** The text box. */
export const box = (page) => page.getByRole("textbox", { name: "Paste any JSON" });

/** Puts a text into the box and waits until all of it is read. */
export async function paste(page, text) {
  await box(page).fill(text);
  await page.locator(".verdict", { hasNotText: /^Reading: / }).waitFor();
}

/** Waits until the live region says a text: what somebody did is told once they pause. */
export const hears = (page, text) =>
  page.waitForFunction((text) => document.querySelector("[role=status]").textContent === text, text);

/** What was found in the pasted text, as rows. */
export const found = (page) => page.locator(".result .batch");

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Lets axe look at the page; fails with what it finds. */
export async function checkWithAxe(page) {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
    tags,
  );
  assert.ok(
    passes.some(({ id }) => id === "color-contrast"),
    "contrast was not checked",
  );
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.length} x ${nodes[0].target} ${nodes[0].failureSummary}`),
    [],
  );
}

/** Keeps a picture of the page, to be looked at by people. */
export async function keepPicture(page, name) {
  const folder = join(cache, "board");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
