// The functions for files in a real browser: on the page, in a worker, under a Content-Security-Policy, and bundled and
// served by Vite.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as files from "batchlight/files";
import { build, createServer as createVite, preview } from "vite";
import { launchChromium } from "../../scripts/chromium.mjs";
import { mediaTypeOf, serveLocally } from "../../scripts/local-server.mjs";
import { probeFiles, probeFilesText } from "./files-probe.mjs";
import { installedFile } from "./support.mjs";

const expected = await probeFiles(files);

// Pages report by the console, because a policy without 'unsafe-eval' forbids evaluating code in them.
const scriptOf = (entry) => `
  import * as api from "${entry}";
  const post = (answer) => console.log("answer:" + JSON.stringify(answer));
  try {
    post({ answer: await ${probeFilesText} });
  } catch (error) {
    post({ name: error.name, code: error.code, message: String(error.message ?? error) });
  }`;

let server;
let browser;
let policy;
let served = [];

before(async () => {
  server = await serveLocally((request, response) => {
    const path = request.url.split("?")[0];
    served.push(path.split("/").pop());
    const page =
      path.startsWith("/page/") && `<!doctype html><script type="module" src="/ask/${path.slice(6)}"></script>`;
    const content =
      page ||
      (path.startsWith("/ask/") && scriptOf(`/dist/${path.slice(5)}`)) ||
      (path.startsWith("/dist/") && readFileSync(installedFile(path.slice(1))));
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

/** The report of a page, and whether it started workers. */
async function ask(address) {
  const page = await browser.newPage();
  let workers = 0;
  page.on("worker", () => workers++);
  try {
    const answer = await new Promise((resolve, reject) => {
      page.on(
        "console",
        (message) =>
          message.text().startsWith("answer:") && resolve(JSON.parse(message.text().slice("answer:".length))),
      );
      page.on("pageerror", reject);
      page.goto(address).catch(reject);
      setTimeout(reject, 60_000, new Error(`${address} did not report within a minute`)).unref();
    });
    return { ...answer, workers };
  } finally {
    await page.close();
  }
}

function open(file, contentSecurityPolicy) {
  policy = contentSecurityPolicy;
  served = [];
  return ask(`${server.origin}/page/${file}`);
}

for (const file of ["files.js", "index.js", "js.js"]) {
  test(`${file} gives the same results on the page as in Node`, async () => {
    const { answer, workers } = await open(file);
    assert.deepEqual(answer, expected);
    assert.equal(workers, 0);
    assert.equal(served.includes("files-js.js"), file === "js.js");
  });
}

test("worker.js gives the same results in a worker", async () => {
  const { answer, workers } = await open("worker.js");
  assert.deepEqual(answer, expected);
  assert.ok(workers > 10);
  assert.ok(served.includes("files-worker.js") && !served.includes("files.js"));
});

const strict = "script-src 'self'";

test(`under ${strict}: the page loads the wasm-free build`, async () => {
  assert.deepEqual((await open("files.js", strict)).answer, expected);
  assert.ok(served.includes("files-js.js"));
});

test(`under ${strict}: the error of the worker says what to change`, async () => {
  const error = await open("worker.js", strict);
  assert.equal(error.code, "wasm_blocked");
  assert.match(error.message, /files-worker\.js.*'wasm-unsafe-eval'.*batchlight\/js/);
});

test(`under ${strict} 'wasm-unsafe-eval': the worker works`, async () => {
  assert.deepEqual((await open("worker.js", `${strict} 'wasm-unsafe-eval'`)).answer, expected);
});

test("where no worker may be started, the page does the work", async () => {
  assert.deepEqual((await open("worker.js", "worker-src 'none'")).answer, expected);
  assert.ok(served.includes("files.js"));
});

/** A project that uses Vite without configuration, with the package in node_modules. */
function viteProject() {
  const root = mkdtempSync(join(tmpdir(), "batchlight-vite-"));
  after(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "node_modules"));
  cpSync(installedFile(), join(root, "node_modules", "batchlight"), { recursive: true });
  writeFileSync(
    join(root, "package.json"),
    '{ "name": "with-vite", "type": "module", "dependencies": { "batchlight": "*" } }',
  );
  for (const entry of ["files", "worker"]) {
    writeFileSync(join(root, `${entry}.html`), `<!doctype html><script type="module" src="/${entry}.js"></script>`);
    writeFileSync(join(root, `${entry}.js`), scriptOf(`batchlight/${entry}`));
  }
  return root;
}

test("Vite builds it without configuration", async () => {
  const root = viteProject();
  const input = { files: join(root, "files.html"), worker: join(root, "worker.html") };
  await build({ root, configFile: false, logLevel: "error", build: { rollupOptions: { input }, target: "es2022" } });
  const built = await preview({ root, configFile: false, logLevel: "error", preview: { host: "127.0.0.1", port: 0 } });
  try {
    assert.deepEqual((await ask(`${built.resolvedUrls.local[0]}files.html`)).answer, expected);
    const { answer, workers } = await ask(`${built.resolvedUrls.local[0]}worker.html`);
    assert.deepEqual(answer, expected);
    assert.ok(workers > 10);
  } finally {
    await built.close();
  }
});

test("the development server of Vite serves it", async () => {
  const root = viteProject();
  const vite = await createVite({ root, configFile: false, logLevel: "error", server: { host: "127.0.0.1", port: 0 } });
  await vite.listen();
  try {
    assert.deepEqual((await ask(`${vite.resolvedUrls.local[0]}files.html`)).answer, expected);
    const { answer, workers } = await ask(`${vite.resolvedUrls.local[0]}worker.html`);
    assert.deepEqual(answer, expected);
    assert.ok(workers > 10);
  } finally {
    await vite.close();
  }
});
