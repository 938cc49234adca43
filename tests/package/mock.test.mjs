// The mock server in a real browser: behind the official client in a page, and behind a service worker.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { switches } from "../../scripts/chromium.mjs";
import { at } from "../../scripts/say.mjs";
import { installedFile } from "./support.mjs";

// Upload, create, poll to the end, download; a day passes in 86 milliseconds.
const journey = `
  const line = (id) => JSON.stringify({ custom_id: id, method: "POST", url: "/v1/embeddings", body: { model: "text-embedding-3-small", input: id } });
  async function journey(client) {
    const file = await client.files.create({ purpose: "batch", file: new File([line("a") + "\\n" + line("b") + "\\n"], "input.jsonl") });
    let batch = await client.batches.create({ input_file_id: file.id, endpoint: "/v1/embeddings", completion_window: "24h" });
    const first = batch.status;
    while (!batch.completed_at) batch = await client.batches.retrieve(batch.id);
    const lines = (await (await client.files.content(batch.output_file_id)).text()).trim().split("\\n");
    return [first, batch.status, lines.map((text) => JSON.parse(text).custom_id).sort()];
  }`;

const client = 'const clientOf = (options) => new OpenAI({ apiKey: "any", dangerouslyAllowBrowser: true, ...options });';

const files = {
  "/page.js": `import { OpenAI } from "/openai.js"; import { createMockApi } from "/dist/mock.js"; ${journey} ${client}
    globalThis.result = journey(clientOf({ fetch: createMockApi({ speed: 1e6 }).fetch }));`,
  "/served.js": `import { OpenAI } from "/openai.js"; ${journey} ${client}
    await navigator.serviceWorker.register("/worker.js", { type: "module" });
    await new Promise((done) => navigator.serviceWorker.controller ? done() : (navigator.serviceWorker.oncontrollerchange = done));
    globalThis.result = journey(clientOf({ baseURL: location.origin + "/mock/v1" }));`,
  "/worker.js": `import { createMockApi } from "/dist/mock.js";
    const api = createMockApi({ speed: 1e6 });
    addEventListener("install", () => skipWaiting());
    addEventListener("activate", (event) => event.waitUntil(clients.claim()));
    addEventListener("fetch", (event) => { if (event.request.url.includes("/mock/v1/")) event.respondWith(api.fetch(event.request)); });`,
};

let server;
let browser;

before(async () => {
  const options = { entryPoints: [at("node_modules", "openai7", "index.mjs")], bundle: true, format: "esm", write: false, logLevel: "error" };
  const [{ text: openai }] = (await build({ ...options, platform: "browser", external: ["node:*"] })).outputFiles;
  server = createServer(({ url }, response) => {
    const content = url === "/openai.js" ? openai : (files[url] ?? (url.startsWith("/dist/") ? readFileSync(installedFile(url.slice(1))) : undefined));
    const page = /^\/(page|served)$/.test(url);
    if (!content && !page) return response.writeHead(404).end();
    response.setHeader("content-type", page ? "text/html" : "text/javascript");
    response.end(content ?? `<!doctype html><script type="module" src="${url}.js"></script>`);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: switches });
});

after(async () => {
  await browser?.close();
  server.closeAllConnections();
  server.close();
});

for (const [path, name] of [["/page", "in a page, as the client's fetch"], ["/served", "in a service worker, as the client's server"]]) {
  test(`the mock ${name}`, async () => {
    const page = await browser.newPage();
    try {
      await page.goto(`http://127.0.0.1:${server.address().port}${path}`);
      await page.waitForFunction("globalThis.result", undefined, { timeout: 20_000 });
      assert.deepEqual(await page.evaluate("result"), ["validating", "completed", ["a", "b"]]);
    } finally {
      await page.close();
    }
  });
}
