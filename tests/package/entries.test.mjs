// All entries have the same functions and results.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { expected, probe, probeText } from "./probe.mjs";
import { installedFile, problemOf, requireInstalled, runInProject } from "./support.mjs";

const wasm = readFileSync(installedFile("dist", "core.wasm"));

/** Imports a new copy of an entry, with its own state. */
const freshly = (file) => import(`${pathToFileURL(installedFile("dist", file)).href}?${Math.random()}`);

test("import works at once, without init", async () => {
  assert.deepEqual(probe(await import("batchlight")), expected);
});

test("require works at once, without init", () => {
  assert.deepEqual(probe(requireInstalled("batchlight")), expected);
});

test("the wasm-free entry has the same results, by import and by require", async () => {
  assert.deepEqual(probe(await import("batchlight/js")), expected);
  assert.deepEqual(probe(requireInstalled("batchlight/js")), expected);
});

test("with batchlight/js/register, elements, stores and watchers never touch WebAssembly", async () => {
  const code = `
    delete globalThis.WebAssembly;
    await import("batchlight/js/register");
    const { renderBatch } = await import("batchlight/elements");
    const { createBatchStore } = await import("batchlight/store");
    const batch = { id: "batch_1", status: "cancelled", created_at: 1736489775 };
    const html = renderBatch(batch, { element: "batch-status" });
    const label = await new Promise((resolve) =>
      createBatchStore("batch_1", async () => batch).subscribe(({ view }) => view && resolve(view.label)),
    );
    console.log(JSON.stringify([html.includes("Cancelled"), label]));`;
  assert.deepEqual(await runInProject(code), [true, "Cancelled"]);
});

test("the wasm-free entry does not use WebAssembly", async () => {
  const code = `
    delete globalThis.WebAssembly;
    const api = await import("batchlight/js");
    console.log(JSON.stringify(${probeText}))`;
  assert.deepEqual(await runInProject(code), expected);
});

test("all entries have the same exports; slim also has initSync and initFiles", async () => {
  const names = Object.keys(await import("batchlight")).sort();
  assert.ok(names.includes("init"));
  assert.deepEqual(Object.keys(requireInstalled("batchlight")).sort(), names);
  assert.deepEqual(Object.keys(await import("batchlight/js")).sort(), names);
  assert.deepEqual(Object.keys(requireInstalled("batchlight/js")).sort(), names);
  const slimNames = [...names, "initFiles", "initSync"].sort();
  assert.deepEqual(Object.keys(await import("batchlight/slim")).sort(), slimNames);
  assert.deepEqual(Object.keys(requireInstalled("batchlight/slim")).sort(), slimNames);
});

test("each condition resolves to its file", async () => {
  const code = `console.log(JSON.stringify(import.meta.resolve("batchlight").split("/").pop()))`;
  assert.equal(await runInProject(code), "index.js");
  assert.equal(await runInProject(code, ["--conditions=edge-light"]), "js.js");
  assert.equal(await runInProject(code, ["--conditions=react-native"]), "js.js");
  assert.equal(await runInProject(code, ["--conditions=workerd"]), "workerd.js");
  // wrangler also sets the conditions of browsers.
  assert.equal(
    await runInProject(code, ["--conditions=worker", "--conditions=browser", "--conditions=workerd"]),
    "workerd.js",
  );
});

test("React Native and the edge runtime get batchlight/worker without `import.meta`", async () => {
  const code = `console.log(JSON.stringify(import.meta.resolve("batchlight/worker").split("/").pop()))`;
  assert.equal(await runInProject(code), "worker.js");
  for (const condition of ["react-native", "edge-light"])
    assert.equal(await runInProject(code, [`--conditions=${condition}`]), "worker-same-thread.js");
  assert.doesNotMatch(readFileSync(installedFile("dist", "worker-same-thread.js"), "utf8"), /import\.meta/);
  const answer = await runInProject(
    `import { checkInput } from "batchlight/worker";
    const { issues } = await checkInput('{"custom_id":"a"}\\n{"custom_id":"a"}');
    console.log(JSON.stringify(issues.some(({ code }) => code === "duplicate_custom_id")));`,
    ["--conditions=react-native"],
  );
  assert.equal(answer, true);
});

test("init can be called before or after other calls, twice, or not at all", async () => {
  for (const file of ["index.js", "js.js"]) {
    const api = await freshly(file);
    const first = api.init();
    const second = api.init();
    assert.deepEqual(probe(api), expected, "a call does not wait for a pending init");
    assert.deepEqual(await Promise.all([first, second]), [undefined, undefined]);
    assert.equal(await api.init(), undefined);
    assert.deepEqual(probe(api), expected);
  }
});

test("slim without its module throws an error that names the help", async () => {
  const slim = await freshly("slim.js");
  const error = problemOf(() => probe(slim), "not_loaded");
  assert.match(error.message, /await init\(source\).*initSync\(module\).*core\.wasm/);
});

test("slim accepts bytes synchronously", async () => {
  const slim = await freshly("slim.js");
  slim.initSync(wasm);
  slim.initSync(wasm);
  assert.deepEqual(probe(slim), expected);
  assert.deepEqual(probe(requireSlim()), expected);

  function requireSlim() {
    const required = requireInstalled("batchlight/slim");
    required.initSync(new WebAssembly.Module(wasm));
    return required;
  }
});

test("slim accepts bytes, a response, a compiled module or a promise of one asynchronously", async () => {
  const sources = [
    () => wasm,
    () => wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength),
    () => new Response(wasm),
    () => new Response(wasm, { headers: { "content-type": "application/wasm" } }),
    () => WebAssembly.compile(wasm),
    () => Promise.resolve(new Response(wasm)),
    () => `data:application/wasm;base64,${wasm.toString("base64")}`,
    () => new URL(`data:application/wasm;base64,${wasm.toString("base64")}`),
  ];
  for (const source of sources) {
    const slim = await freshly("slim.js");
    await slim.init(source());
    await slim.init(source());
    assert.deepEqual(probe(slim), expected);
  }
});

test("slim rejects a wrong module with a reason, and then accepts the right one", async () => {
  const slim = await freshly("slim.js");
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  assert.match(problemOf(() => slim.initSync(new Uint8Array(3)), "wrong_module").message, /could not be compiled/);
  assert.match(problemOf(() => slim.initSync(empty), "wrong_module").message, /same version/);
  await assert.rejects(slim.init(new Response("not found", { status: 404 })), {
    code: "wrong_module",
    message: /returned HTTP 404/,
  });
  await assert.rejects(slim.init(new Response("<!doctype html>")), {
    code: "wrong_module",
    message: /could not be compiled/,
  });
  await slim.init(wasm);
  assert.deepEqual(probe(slim), expected);
});

test("if WebAssembly is forbidden, the error names the help", async () => {
  const code = `
    WebAssembly.Module = function () {
      throw new WebAssembly.CompileError("Wasm code generation disallowed by embedder");
    };
    const api = await import("batchlight");
    try {
      ${probeText}
    } catch ({ name, code, message, cause }) {
      console.log(JSON.stringify({ name, code, message, cause: cause.message }));
    }`;
  const error = await runInProject(code);
  assert.equal(error.name, "BatchlightLoadError");
  assert.equal(error.code, "wasm_blocked");
  assert.match(error.message, /'wasm-unsafe-eval'.*batchlight\/js/);
  assert.match(error.cause, /disallowed/);
});

test("if only asynchronous compilation is allowed, the error says so, and init works", async () => {
  const code = `
    WebAssembly.Module = function () {
      const limit = "if the buffer size is larger than 4KB";
      throw new RangeError("WebAssembly.Compile is disallowed on the main thread, " + limit);
    };
    const api = await import("batchlight");
    const error = await Promise.resolve().then(() => ${probeText}).catch((error) => error);
    await api.init();
    console.log(JSON.stringify([error.code, error.message.includes("await init()"), ${probeText}]))`;
  assert.deepEqual(await runInProject(code), ["wasm_too_large", true, expected]);
});

test("a worker thread has its own instance", async () => {
  const expression = `
    Promise.all([import("batchlight"), import("node:worker_threads")])
      .then(([api, own]) => own.parentPort.postMessage(${probeText}))`;
  const code = `
    import { Worker } from "node:worker_threads";
    const text = ${JSON.stringify(expression)};
    const answers = [1, 2, 3].map(() => new Promise((resolve, reject) => {
      new Worker(text, { eval: true }).on("message", resolve).on("error", reject);
    }));
    console.log(JSON.stringify(await Promise.all(answers)))`;
  assert.deepEqual(await runInProject(code), [expected, expected, expected]);
});
