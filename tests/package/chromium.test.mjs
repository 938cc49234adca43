// The installed files in a browser, without a bundler or special headers, and under a Content-Security-Policy.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launchChromium } from "../../scripts/chromium.mjs";
import { mediaTypeOf, serveLocally } from "../../scripts/local-server.mjs";
import { expected, probeText } from "./probe.mjs";
import { installedFile } from "./support.mjs";

// Scripts report their results with fetch, because a policy without 'unsafe-eval' allows no evaluation in the page.
const report = `(answer) => fetch("/report", { method: "POST", body: JSON.stringify(answer) })`;
const ask = (file, warmUp = "") => `
  import * as api from "/dist/${file}";
  const report = ${report};
  try { ${warmUp}; await report({ answer: ${probeText} }) }
  catch ({ name, code, message }) { await report({ name, code, message }) }`;

const scripts = {
  "/index.js": ask("index.js"),
  "/init.js": ask("index.js", "await api.init()"),
  "/js.js": ask("js.js"),
  "/slim-address.js": ask("slim.js", 'await api.init("/dist/core.wasm")'),
  "/slim-response.js": ask("slim.js", 'await api.init(fetch("/dist/core.wasm"))'),
  "/in-worker.js": 'new Worker("/index.js", { type: "module" })',
  "/js-in-worker.js": 'new Worker("/js.js", { type: "module" })',
};

let server;
let browser;
let policy;
let reported;

before(async () => {
  server = await serveLocally((request, response) => {
    const path = request.url.split("?")[0];
    if (path === "/report") {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        response.end();
        reported(JSON.parse(body));
      });
      return;
    }
    const page = path.startsWith("/page/") && `<!doctype html><script type="module" src="/${path.slice(6)}"></script>`;
    const content = page || scripts[path] || (path.startsWith("/dist/") && readFileSync(installedFile(path.slice(1))));
    if (!content) return void response.writeHead(404).end();
    response.setHeader("content-type", mediaTypeOf(page ? ".html" : path));
    if (policy) response.setHeader("content-security-policy", policy);
    response.end(content);
  });
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  server.close();
});

/** Opens a page with one of the scripts and returns its report. */
async function open(script, contentSecurityPolicy) {
  policy = contentSecurityPolicy;
  const page = await browser.newPage();
  try {
    return await new Promise((resolve, reject) => {
      reported = resolve;
      page.on("pageerror", reject);
      page.on("crash", reject);
      page.goto(`${server.origin}/page${script}`).catch(reject);
      setTimeout(reject, 20_000, new Error(`expected a report of ${script} within 20 s`)).unref();
    });
  } finally {
    await page.close();
  }
}

for (const script of Object.keys(scripts)) {
  test(`${script} works in a page without a policy`, async () => {
    assert.deepEqual(await open(script), { answer: expected });
  });
}

const strict = "script-src 'self'";

test(`under ${strict}: the error of the default entry names the alternatives`, async () => {
  const error = await open("/index.js", strict);
  assert.equal(error.name, "BatchlightLoadError");
  assert.equal(error.code, "wasm_blocked");
  assert.match(error.message, /Content-Security-Policy.*'wasm-unsafe-eval'.*batchlight\/js/);
});

test(`under ${strict}: the error of init is the same`, async () => {
  assert.equal((await open("/init.js", strict)).code, "wasm_blocked");
});

for (const script of ["/js.js", "/js-in-worker.js"]) {
  test(`under ${strict}: ${script} works`, async () => {
    assert.deepEqual(await open(script, strict), { answer: expected });
  });
}

for (const script of ["/index.js", "/init.js", "/in-worker.js", "/slim-response.js"]) {
  test(`under ${strict} 'wasm-unsafe-eval': ${script} works`, async () => {
    assert.deepEqual(await open(script, `${strict} 'wasm-unsafe-eval'`), { answer: expected });
  });
}
