// The installed package in workerd, the runtime of Cloudflare Workers, bundled as wrangler bundles it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import workerd from "workerd";
import * as files from "batchlight/files";
import { probeFiles, probeFilesText } from "./files-probe.mjs";
import { expected, probeText } from "./probe.mjs";
import { project } from "./support.mjs";

/** Serves one request by a worker that asks an entry; gives its answer, or the error it threw. */
async function inWorkerd(entry, conditions, asked = probeText) {
  const folder = mkdtempSync(join(tmpdir(), "batchlight-workerd-"));
  const contents = `
    import * as api from "${entry}";
    export default { async fetch() {
      try { return Response.json({ answer: await ${asked} }) }
      catch ({ name, code, message }) { return Response.json({ name, code, message }) }
    } };`;
  await build({
    stdin: { contents, resolveDir: project },
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    conditions,
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    logLevel: "error",
  });
  const port = await freePort();
  const modules = readdirSync(folder)
    .sort((a, b) => b.endsWith("worker.js") - a.endsWith("worker.js"))
    .map((name) => `(name = "./${name}", ${name.endsWith(".wasm") ? "wasm" : "esModule"} = embed "${name}")`);
  writeFileSync(
    join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [${modules}], compatibilityDate = "2025-01-01"))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);`,
  );
  const server = spawn(workerd.default, ["serve", join(folder, "config.capnp")], { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  server.stderr.on("data", (chunk) => (told += chunk));
  try {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (server.exitCode !== null) break;
      const response = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
      if (response) return await response.json();
      await new Promise((wake) => setTimeout(wake, 100));
    }
    return assert.fail(`workerd did not answer: ${told}`);
  } finally {
    if (server.exitCode === null) {
      server.kill();
      await once(server, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

test("the workerd condition brings a module that is compiled ahead", async () => {
  assert.deepEqual(await inWorkerd("batchlight", ["workerd", "worker", "browser"]), { answer: expected });
});

test("the wasm-free entry works", async () => {
  assert.deepEqual(await inWorkerd("batchlight/js", []), { answer: expected });
});

for (const [entry, conditions] of [["batchlight/files", ["workerd", "worker", "browser"]], ["batchlight", ["workerd", "worker", "browser"]], ["batchlight/js", []]]) {
  test(`files, from ${entry}`, async () => {
    assert.deepEqual(await inWorkerd(entry, conditions, probeFilesText), { answer: JSON.parse(JSON.stringify(await probeFiles(files))) });
  });
}

test("a bundler that does not know the condition gets an error that names it", async () => {
  const told = await inWorkerd("batchlight", []);
  assert.equal(told.code, "wasm_blocked");
  assert.match(told.message, /workerd/);
});

test("the mock server runs in a worker, its check of inputs included", async () => {
  const asked = `(async () => {
    const mock = api.createMockApi({ auth: false });
    const form = new FormData();
    form.set("purpose", "batch");
    form.set("file", new File(["{}\\nnot json\\n"], "input.jsonl"));
    const file = await (await mock.fetch("http://mock.test/v1/files", { method: "POST", body: form })).json();
    const body = JSON.stringify({ input_file_id: file.id, endpoint: "/v1/embeddings", completion_window: "24h" });
    const plan = { "x-batchlight-plan": JSON.stringify({ validationSeconds: 0 }) };
    const { status, errors } = await (await mock.fetch("http://mock.test/v1/batches", { method: "POST", body, headers: plan })).json();
    return [status, errors.data.at(-1).code, errors.data.at(-1).line];
  })()`;
  assert.deepEqual(await inWorkerd("batchlight/mock", ["workerd", "worker", "browser"], asked), { answer: ["failed", "invalid_json_line", 2] });
});
