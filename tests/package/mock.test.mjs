// The mock outside of Node: in a page and a service worker of a browser, and in workerd.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { launchChromium } from "../../scripts/chromium.mjs";
import { serveLocally } from "../../scripts/local-server.mjs";
import { at } from "../../scripts/process.mjs";
import { inWorkerd } from "./in-workerd.mjs";
import { expectedResult, scenario } from "./mock-scenario.mjs";
import { installedFile } from "./support.mjs";

const client =
  'const clientOf = (options) => new OpenAI({ apiKey: "any", dangerouslyAllowBrowser: true, ...options });';

// One day takes 86 milliseconds.
const files = {
  "/page.js": `import { OpenAI } from "/openai.js"; import { createMockApi } from "/dist/mock.js"; ${scenario} ${client}
    globalThis.result = scenario(clientOf({ fetch: createMockApi({ speed: 1e6 }).fetch }));`,
  "/served.js": `import { OpenAI } from "/openai.js"; ${scenario} ${client}
    await navigator.serviceWorker.register("/worker.js", { type: "module" });
    await new Promise((done) => {
      if (navigator.serviceWorker.controller) done();
      else navigator.serviceWorker.oncontrollerchange = done;
    });
    globalThis.result = scenario(clientOf({ baseURL: location.origin + "/mock/v1" }));`,
  "/worker.js": `import { createMockApi } from "/dist/mock.js";
    const api = createMockApi({ speed: 1e6 });
    addEventListener("install", () => skipWaiting());
    addEventListener("activate", (event) => event.waitUntil(clients.claim()));
    addEventListener("fetch", (event) => {
      if (event.request.url.includes("/mock/v1/")) event.respondWith(api.fetch(event.request));
    });`,
};

let server;
let browser;

before(async () => {
  const { outputFiles } = await build({
    entryPoints: [at("node_modules", "openai7", "index.mjs")],
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "error",
    platform: "browser",
    external: ["node:*"],
  });
  const openai = outputFiles[0].text;
  server = await serveLocally(({ url }, response) => {
    const content =
      url === "/openai.js"
        ? openai
        : (files[url] ?? (url.startsWith("/dist/") ? readFileSync(installedFile(url.slice(1))) : undefined));
    const page = /^\/(page|served)$/.test(url);
    if (!content && !page) return void response.writeHead(404).end();
    response.setHeader("content-type", page ? "text/html" : "text/javascript");
    response.end(content ?? `<!doctype html><script type="module" src="${url}.js"></script>`);
  });
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  server.close();
});

for (const [path, name] of [
  ["/page", "in a page, as the client's fetch"],
  ["/served", "in a service worker, as the client's server"],
]) {
  test(`the mock ${name}`, async () => {
    const page = await browser.newPage();
    try {
      await page.goto(`${server.origin}${path}`);
      await page.waitForFunction("globalThis.result", undefined, { timeout: 120_000 });
      assert.deepEqual(await page.evaluate("result"), expectedResult);
    } finally {
      await page.close();
    }
  });
}

test("the mock in workerd, as the client's fetch", async () => {
  const expression = `(async () => {
    ${scenario}
    return scenario(new OpenAI({ apiKey: "any", fetch: api.createMockApi({ speed: 1e6 }).fetch }));
  })()`;
  const options = { imports: 'import { OpenAI } from "openai7";', alias: { openai7: at("node_modules", "openai7") } };
  assert.deepEqual(await inWorkerd("batchlight/mock", ["workerd", "worker", "browser"], expression, options), {
    answer: expectedResult,
  });
});

test("the mock in workerd validates input files", async () => {
  const expression = `(async () => {
    const mock = api.createMockApi({ auth: false });
    const form = new FormData();
    form.set("purpose", "batch");
    form.set("file", new File(["{}\\nnot json\\n"], "input.jsonl"));
    const file = await (await mock.fetch("http://mock.test/v1/files", { method: "POST", body: form })).json();
    const body = JSON.stringify({ input_file_id: file.id, endpoint: "/v1/embeddings", completion_window: "24h" });
    const plan = { "x-batchlight-plan": JSON.stringify({ validationSeconds: 0 }) };
    const request = { method: "POST", body, headers: plan };
    const { status, errors } = await (await mock.fetch("http://mock.test/v1/batches", request)).json();
    return [status, errors.data.at(-1).code, errors.data.at(-1).line];
  })()`;
  assert.deepEqual(await inWorkerd("batchlight/mock", ["workerd", "worker", "browser"], expression), {
    answer: ["failed", "invalid_json_line", 2],
  });
});
