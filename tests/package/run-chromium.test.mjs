// The IndexedDB store in a real browser: a run survives the page, and a second page must not work on it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { createMockApi, manualClock } from "batchlight/mock";
import { launchChromium } from "../../scripts/chromium.mjs";
import { serveLocally } from "../../scripts/local-server.mjs";
import { installedFile } from "./support.mjs";

const html = `<!doctype html><script type="importmap">{"imports": {"batchlight": "/dist/index.js"}}</script>`;
const time = manualClock(1_764_000_000);
const api = createMockApi({ clock: time, plan: { runSeconds: 60 } });
const body = { model: "text-embedding-3-small", input: "x" };
const requests = ["a", "b", "c"]
  .map((id) => `${JSON.stringify({ custom_id: id, method: "POST", url: "/v1/embeddings", body })}\n`)
  .join("");

let server;
let browser;
let origin;

before(async () => {
  server = await serveLocally(async (request, response) => {
    const path = request.url.split("?")[0];
    if (path.startsWith("/dist/")) {
      response.setHeader("content-type", "text/javascript");
      return response.end(readFileSync(installedFile(path.slice(1))));
    }
    if (!path.startsWith("/v1/")) return response.setHeader("content-type", "text/html").end(html);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method } = request;
    const headers = /** @type {Record<string, string>} */ (request.headers);
    const answer = await api.fetch(
      new Request(origin + request.url, { method, headers, ...(method === "POST" && { body: Buffer.concat(chunks) }) }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  origin = server.origin;
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  server.close();
  api.close();
});

/** Runs on a page: until the batches are submitted, or at once to what there is. Returns the state and the results. */
const runOnPage = async ({ source, until, origin: address }) => {
  const { indexedDbStore, runBatch } = await import(/** @type {any} */ ("/dist/run.js"));
  const store = indexedDbStore("test");
  try {
    const run = runBatch(source, { apiKey: "any", baseURL: `${address}/v1`, store, until });
    const { complete, succeeded, results } = await run.result;
    return { complete, succeeded, text: await new Response(results()).text() };
  } catch (error) {
    return { code: error.code, message: error.message };
  }
};

test("a run continues on another page, and one page at a time works on it", async () => {
  const context = await browser.newContext();
  const first = await context.newPage();
  await first.goto(origin);
  const submitted = await first.evaluate(runOnPage, { source: requests, until: "submitted", origin });
  assert.deepEqual(submitted, { complete: false, succeeded: 0, text: "" });
  // A store that is locked by the first page.
  await first.evaluate(async () => {
    const { indexedDbStore } = await import(/** @type {any} */ ("/dist/run.js"));
    await indexedDbStore("test").lock();
  });
  const second = await context.newPage();
  await second.goto(origin);
  const refused = await second.evaluate(runOnPage, { source: undefined, until: "now", origin });
  assert.equal(refused.code, "in_use", refused.message);
  await first.close();
  await api.moveClock(24 * 3600);
  // The browser releases the lock of a closed page a moment later.
  let result;
  do result = await second.evaluate(runOnPage, { source: requests, until: "now", origin });
  while (result.code === "in_use");
  const { complete, succeeded, text, message } = result;
  assert.deepEqual([complete, succeeded], [true, 3], message);
  assert.deepEqual(
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).custom_id),
    ["a", "b", "c"],
  );
  const headers = { authorization: "Bearer any" };
  const { data } = await (await api.fetch("http://mock/v1/batches", { headers })).json();
  assert.equal(data.length, 1);
});
