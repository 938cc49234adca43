// Written by React on a server with renderBatch, shown without a script, and taken over by React and the elements
// without a change.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { switches } from "../../scripts/chromium.mjs";
import { at } from "../../scripts/say.mjs";
import { copyExamples } from "./support.mjs";

const { folder, remove } = copyExamples(["react"]);
const given = {
  now: 1736490000,
  batch: {
    id: "batch_1",
    object: "batch",
    status: "completed",
    created_at: 1736489775,
    completed_at: 1736489990,
    request_counts: { total: 200, completed: 199, failed: 1 },
  },
};
let browser;
before(
  async () => void (browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: switches })),
);
after(async () => {
  await browser?.close();
  remove();
});

/** The development build of React, as it is the one that complains. */
const bundle = (entry, options) =>
  build({
    entryPoints: [join(folder, "server", entry)],
    bundle: true,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "error",
    ...options,
  });

test("React: written on a server, then taken over", async () => {
  cpSync(at("tests", "frameworks", "server"), join(folder, "server"), { recursive: true });
  await bundle("Page.tsx", { platform: "node", packages: "external", outfile: join(folder, "server", "page.mjs") });
  await bundle("client.tsx", { outfile: join(folder, "server", "client.js") });
  const { Page } = await import(pathToFileURL(join(folder, "server", "page.mjs")).href);
  const { renderToString } = await import("react-dom/server");
  const { createElement } = await import("react");
  const html = renderToString(createElement(Page, given));

  const page = await browser.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(`thrown: ${error.message}`));
  page.on(
    "console",
    (message) => ["error", "warning"].includes(message.type()) && troubles.push(`${message.type()}: ${message.text()}`),
  );
  await page.route("**", (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html><title>Batch</title><div id="app">${html}</div>` }),
  );
  await page.goto("http://example.test/");
  const shown = () =>
    page.evaluate(() => document.querySelector("batch-card").shadowRoot.querySelector("article").innerText);
  const written = await shown();
  assert.match(written, /Completed with errors/);

  await page.evaluate((given) => Object.assign(globalThis, { given: { ...given } }), given);
  await page.addScriptTag({ type: "module", content: readFileSync(join(folder, "server", "client.js"), "utf8") });
  await page.waitForFunction(() => document.querySelector("batch-card")?.view?.outcome === "partially_failed");
  await page.evaluate(
    () => Object.assign(document.querySelector("batch-card"), { now: globalThis.given.now }).updateComplete,
  );
  assert.equal(await shown(), written);
  assert.deepEqual(await page.evaluate(() => globalThis.recovered), []);
  assert.deepEqual(troubles, []);
});
