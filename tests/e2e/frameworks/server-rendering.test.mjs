// renderBatch in a server-rendered React page: visible without a script, and unchanged by the hydration of React and
// the elements.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "@playwright/test";
import { build } from "esbuild";
import { at } from "../../../scripts/process.mjs";
import { collectProblems } from "../page-problems.mjs";
import { copyExamples } from "./support.mjs";

const pageProps = {
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

/** Bundles with the development build of React, which reports hydration errors. */
const bundle = (entry, options) =>
  build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "error",
    ...options,
  });

let copy;
test.beforeAll(() => {
  copy = copyExamples(["react"]);
});
test.afterAll(() => copy?.remove());

test("React hydrates a page with renderBatch without a change", async ({ page }) => {
  const server = join(copy.folder, "server");
  cpSync(at("tests", "e2e", "frameworks", "server"), server, { recursive: true });
  await bundle(join(server, "Page.tsx"), {
    platform: "node",
    packages: "external",
    outfile: join(server, "page.mjs"),
  });
  await bundle(join(server, "client.tsx"), { outfile: join(server, "client.js") });
  const { Page } = await import(pathToFileURL(join(server, "page.mjs")).href);
  const { renderToString } = await import("react-dom/server");
  const { createElement } = await import("react");
  const html = renderToString(createElement(Page, pageProps));

  const problems = collectProblems(page);
  await page.route("**", (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html><title>Batch</title><div id="app">${html}</div>` }),
  );
  await page.goto("http://example.test/");
  const shown = () =>
    page.evaluate(() => document.querySelector("batch-card").shadowRoot.querySelector("article").innerText);
  const rendered = await shown();
  assert.match(rendered, /Completed with errors/);

  await page.evaluate((pageProps) => Object.assign(globalThis, { pageProps: { ...pageProps } }), pageProps);
  await page.addScriptTag({ type: "module", content: readFileSync(join(server, "client.js"), "utf8") });
  await page.waitForFunction(() => document.querySelector("batch-card")?.view?.outcome === "partially_failed");
  await page.evaluate(
    () => Object.assign(document.querySelector("batch-card"), { now: globalThis.pageProps.now }).updateComplete,
  );
  assert.equal(await shown(), rendered);
  assert.deepEqual(await page.evaluate(() => globalThis.recoveredErrors), []);
  assert.deepEqual(problems, []);
});
