// What the suites of the elements share: the fixtures, and pages that load the installed package by an import map, without a bundler
// and under a strict policy.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { switches } from "../../scripts/chromium.mjs";
import { cache } from "../../scripts/say.mjs";

const project = process.env.BATCHLIGHT_PROJECT;
assert.ok(project, "BATCHLIGHT_PROJECT names no project: run these suites by npm test");
const dist = join(project, "node_modules", "batchlight", "dist");
const { exports } = JSON.parse(readFileSync(join(dist, "..", "package.json"), "utf8"));

/** Recorded batches, in the order of their file. */
export const fixtures = readFileSync(new URL("../fixtures/batches.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line));

const ended = (id, counts, stamps) => ({ ...fixtures[0].batch, id, in_progress_at: 1736489776, ...stamps, request_counts: counts });

/** What no server was recorded with, though servers can do it: made from recordings. */
export const made = [
  ended("batch_empty", { total: 0, completed: 0, failed: 0 }, { status: "completed", completed_at: 1736489790 }),
  ended("batch_expired", { total: 5, completed: 0, failed: 0 }, { status: "expired", expired_at: 1736576176 }),
  ended("batch_unverified", null, { status: "completed", completed_at: 1736489790, output_file_id: "file-1" }),
];

/** Batches of every status and outcome. */
export const batches = [...fixtures.map(({ batch }) => batch), ...made];

/** The moment at which the tests look, if they have no reason for another: a minute after the latest stamp of the fixtures. */
export const now = 1 + Math.max(...fixtures.flatMap(({ batch }) => Object.entries(batch).flatMap(([name, value]) => (/_at$/.test(name) && Number.isSafeInteger(value) && value < 4e9 ? [value] : []))));

/** The elements that show one batch. */
export const oneElements = ["batch-status", "batch-progress", "batch-timeline", "batch-card"];

/** Text that would do something if it were anything but text. */
export const hostile = {
  id: `batch_"><img src=x onerror="globalThis.harmed=1">${"x".repeat(10_000)}`,
  object: "batch",
  endpoint: "/v1/</template></style><script>globalThis.harmed=2</script>",
  model: "\u202Egnp.exe\0\r\n'`${7*7}&lt;&#60;",
  input_file_id: "file-\u202E\ud800<b>",
  completion_window: "24h",
  status: "failed",
  created_at: 1736489775,
  failed_at: 1736489779,
  metadata: { "<i>": "<script>globalThis.harmed=3</script>" },
  errors: { object: "list", data: [{ code: "<u>", line: 3, message: "</li><iframe srcdoc='<script>parent.harmed=4</script>'>\r& \u2066\u202E", param: "--><svg onload=harmed=5>" }] },
};

/** Values that are no batch, or hardly one. */
export const oddities = [null, 7, "", "no JSON", [], {}, { status: "paused" }, { status: "Completed", id: "b" }, { object: "list", data: [] }];

const nonce = "tested";
const policy = `default-src 'none'; script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'; style-src 'nonce-${nonce}'; require-trusted-types-for 'script'`;
const origin = "http://elements.test";
const fileOf = (target) => `/${(target.import ?? target).default.replace("./dist/", "")}`;
const imports = Object.fromEntries(["", "/elements", "/elements/define", "/elements/de", "/elements/ja"].map((path) => [`batchlight${path}`, fileOf(exports[`.${path}`])]));

/** A page with a body; the elements are registered in it, unless only the map of imports is asked for. */
const pageOf = ({ body = "", define = true, lang = "en", scheme = "light dark" }) => `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="color-scheme" content="${scheme}"><title>Elements</title>
<style nonce="${nonce}">body { background: light-dark(#ffffff, #1a1c1f); }</style>
<script type="importmap" nonce="${nonce}">${JSON.stringify({ imports })}</script>
${define ? `<script type="module" nonce="${nonce}">import "batchlight/elements/define"; globalThis.ready = true;</script>` : ""}
</head><body><main><h1>Elements</h1><h2>Shown</h2>${body}</main></body></html>`;

let browser;
before(async () => void (browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: switches })));
after(() => browser?.close());

const usual = { locale: "en-GB", timezoneId: "UTC", viewport: { width: 1100, height: 900 }, reducedMotion: "reduce" };

/**
 * A test on a page of its own. It fails when the page complains in the console, throws, asks for anything but the package's files, or
 * lets hostile text act.
 *
 * @param {string} name
 * @param {import("playwright-core").BrowserContextOptions & { body?: string, define?: boolean, lang?: string, scheme?: string, before?: (page: import("playwright-core").Page) => unknown }} options
 * @param {(page: import("playwright-core").Page) => Promise<void>} work
 */
export function elementTest(name, { body, define = true, lang, scheme, before: prepare, ...options }, work) {
  test(name, async () => {
    const context = await browser.newContext({ ...usual, ...options });
    const page = await context.newPage();
    const troubles = [];
    page.on("pageerror", (error) => troubles.push(`thrown: ${error.message}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) troubles.push(`${message.type()}: ${message.text()}`);
    });
    await page.route("**", (route) => {
      const { pathname, origin: asked } = new URL(route.request().url());
      if (asked === origin && pathname === "/") return route.fulfill({ contentType: "text/html", headers: { "content-security-policy": policy }, body: pageOf({ body, define, lang, scheme }) });
      if (asked === origin && /^\/[\w-]+\.js$/.test(pathname)) return route.fulfill({ contentType: "text/javascript", path: join(dist, pathname) });
      if (pathname !== "/favicon.ico") troubles.push(`asked for ${route.request().url()}`);
      return route.fulfill({ status: 404 });
    });
    try {
      await prepare?.(page);
      await page.goto(`${origin}/`);
      if (define) await page.waitForFunction(() => globalThis.ready === true);
      await work(page);
      assert.equal(await page.evaluate(() => globalThis.harmed), undefined, "hostile text acted");
      assert.deepEqual(troubles, []);
    } finally {
      await context.close();
    }
  });
}

/** Puts elements into the page, each with properties, and waits until they are shown. */
export const show = (page, elements) =>
  page.evaluate(async (elements) => {
    const main = document.querySelector("main");
    const made = elements.map(([name, properties]) => Object.assign(document.createElement(name), properties));
    main.append(...made);
    await Promise.all(made.map((element) => element.updateComplete));
  }, elements);

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Asserts that axe has nothing to say of the page. */
export async function checkByAxe(page) {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }), tags);
  assert.ok(passes.some(({ id }) => id === "color-contrast"), "contrast was not checked");
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.length} x ${nodes[0].target} ${nodes[0].failureSummary}`), []);
}

/** Where a picture is kept. */
export function pathOf(name) {
  const folder = join(cache, "elements");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

/** Keeps a picture of the page, to be looked at by people. */
export const keepPicture = (page, name, options = {}) => page.screenshot({ path: pathOf(name), ...options });
