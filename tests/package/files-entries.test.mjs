// Every entry with the functions for files: by import and require, with and without WebAssembly, in workerd, in slim,
// in a worker thread and in bundles.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import * as files from "batchlight/files";
import { build } from "esbuild";
import { probeFiles, probeFilesText } from "./files-probe.mjs";
import { installedFile, project, requireInstalled, runInProject } from "./support.mjs";

const expected = await probeFiles(files);
const wasm = readFileSync(installedFile("dist", "files.wasm"));
const freshly = (file) => import(`${pathToFileURL(installedFile("dist", file)).href}?${Math.random()}`);

test("the probe gives the same complete result for every kind of source", () => {
  assert.equal(expected.same, true);
  assert.equal(expected.answer.shards.length, 2);
  assert.deepEqual(
    expected.answer.joined.map(([id, verdict]) => `${id} ${verdict}`),
    ["a duplicate", "b failed", "a duplicate", "c succeeded"],
  );
  assert.equal(expected.canceled, "canceled");
  assert.deepEqual(expected.wrong, ["BatchlightFileError", "wrong_source"]);
});

for (const entry of ["batchlight", "batchlight/files", "batchlight/js", "batchlight/worker"]) {
  test(`${entry} gives the same results by import and by require`, async () => {
    assert.deepEqual(await probeFiles(await import(entry)), expected);
    assert.deepEqual(await probeFiles(requireInstalled(entry)), expected);
  });
}

test("each export condition resolves to its file", async () => {
  const code = `console.log(JSON.stringify(import.meta.resolve("batchlight/files").split("/").pop()))`;
  assert.equal(await runInProject(code), "files.js");
  assert.equal(await runInProject(code, ["--conditions=edge-light"]), "files-js.js");
  assert.equal(await runInProject(code, ["--conditions=react-native"]), "files-js.js");
  assert.equal(
    await runInProject(code, ["--conditions=worker", "--conditions=browser", "--conditions=workerd"]),
    "files-workerd.js",
  );
});

test("the wasm-free functions for files never use WebAssembly", async () => {
  // Node's own Response uses WebAssembly at its first use.
  const code = `
    await new Response("").text();
    await new Promise((done) => setTimeout(done, 200));
    delete globalThis.WebAssembly;
    const api = await import("batchlight/js");
    console.log(JSON.stringify(await ${probeFilesText}))`;
  assert.deepEqual(await runInProject(code), JSON.parse(JSON.stringify(expected)));
});

test("the wasm-free build is the fallback where WebAssembly with SIMD cannot be compiled", async () => {
  const code = `
    await new Response("").text();
    WebAssembly.compile = async () => { throw new WebAssembly.CompileError("Wasm SIMD unsupported") };
    const api = await import("batchlight/files"); console.log(JSON.stringify(await ${probeFilesText}))`;
  assert.deepEqual(await runInProject(code), JSON.parse(JSON.stringify(expected)));
});

test("slim explains a missing or wrong module, and accepts files.wasm as bytes, response and module", async () => {
  const slim = await freshly("slim.js");
  await assert.rejects(slim.checkInput(""), {
    name: "BatchlightLoadError",
    code: "not_loaded",
    message: /await initFiles\(source\).*files\.wasm/,
  });
  await assert.rejects(slim.initFiles(new Uint8Array(3)), {
    code: "wrong_module",
    message: /files\.wasm could not be compiled/,
  });
  await assert.rejects(slim.initFiles(readFileSync(installedFile("dist", "core.wasm"))), {
    code: "wrong_module",
    message: /files\.wasm does not match this version/,
  });
  await assert.rejects(slim.initFiles(new Response("gone", { status: 404 })), {
    code: "wrong_module",
    message: /files\.wasm could not be fetched.*404/,
  });
  await slim.initFiles(Promise.resolve(new Response(wasm)));
  await slim.initFiles(wasm);
  assert.deepEqual(await probeFiles(slim), expected);
  const required = requireInstalled("batchlight/slim");
  await required.initFiles(new WebAssembly.Module(wasm));
  assert.deepEqual(await probeFiles(required), expected);
});

test("runs in a worker thread of Node", async () => {
  const workerCode = `
    Promise.all([import("batchlight/worker"), import("node:worker_threads")])
      .then(async ([api, own]) => own.parentPort.postMessage(await ${probeFilesText}))`;
  const code = `
    import { Worker } from "node:worker_threads";
    const text = ${JSON.stringify(workerCode)};
    const answer = await new Promise((resolve, reject) => {
      new Worker(text, { eval: true }).on("message", resolve).on("error", reject);
    });
    console.log(JSON.stringify(answer))`;
  assert.deepEqual(await runInProject(code), JSON.parse(JSON.stringify(expected)));
});

test("a bundle without the functions for files does not contain their module", async () => {
  const bundle = async (contents) =>
    (
      await build({
        stdin: { contents, resolveDir: project },
        bundle: true,
        minify: true,
        format: "esm",
        splitting: false,
        write: false,
        logLevel: "silent",
      })
    ).outputFiles[0].text.length;
  const without = await bundle('import { isBatch } from "batchlight"; console.log(isBatch)');
  const whole = await bundle('import { isBatch, checkInput } from "batchlight"; console.log(isBatch, checkInput)');
  assert.ok(whole - without > 100_000, "the first function for files adds their module");
  const text = await build({
    stdin: { contents: 'import { isBatch } from "batchlight"; console.log(isBatch)', resolveDir: project },
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  assert.ok(!text.outputFiles[0].text.includes("files.js") && !text.outputFiles[0].text.includes("checkInput"));
});
