// Written by React on a server with renderBatch, shown without a script, and taken over by React and the elements
// without a change.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "@playwright/test";
import { build } from "esbuild";
import { at } from "../../../scripts/say.mjs";
import { collectProblems } from "../page-problems.mjs";
import { copyExamples } from "./support.mjs";

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

/** The development build of React, as it is the one that complains. */
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

test("React: written on a server, then taken over", async ({ page }) => {
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
  const html = renderToString(createElement(Page, given));

  const problems = collectProblems(page);
  await page.route("**", (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html><title>Batch</title><div id="app">${html}</div>` }),
  );
  await page.goto("http://example.test/");
  const shown = () =>
    page.evaluate(() => document.querySelector("batch-card").shadowRoot.querySelector("article").innerText);
  const written = await shown();
  assert.match(written, /Completed with errors/);

  await page.evaluate((given) => Object.assign(globalThis, { given: { ...given } }), given);
  await page.addScriptTag({ type: "module", content: readFileSync(join(server, "client.js"), "utf8") });
  await page.waitForFunction(() => document.querySelector("batch-card")?.view?.outcome === "partially_failed");
  await page.evaluate(
    () => Object.assign(document.querySelector("batch-card"), { now: globalThis.given.now }).updateComplete,
  );
  assert.equal(await shown(), written);
  assert.deepEqual(await page.evaluate(() => globalThis.recovered), []);
  assert.deepEqual(problems, []);
});
