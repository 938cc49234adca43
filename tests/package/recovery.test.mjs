// A trap, a stack overflow or an exception of other code during a call must affect only that call. Public functions
// cannot cause a trap or such an exception, so pkg/src/runtime/wasm-instance.ts is tested directly, with both builds of
// the module.
import assert from "node:assert/strict";
import { build } from "esbuild";
import { test } from "node:test";
import { entryParts } from "../../scripts/bundle/bundle.mjs";
import { at } from "../../scripts/process.mjs";
import { expected, probe } from "./probe.mjs";
import { problemOf, requireInstalled } from "./support.mjs";

/** Bundles the files beside the entries, too, because modules imported from a string cannot import files. */
const inOneFile = {
  name: "in-one-file",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/catalogue\.js$/ }, () => ({ path: at("pkg", "src", "entries", "catalogue.ts") }));
    onResolve({ filter: /\/files\/lazy\.js$/ }, () => ({ path: at("pkg", "src", "files", "lazy.ts") }));
  },
};

/** Imports wasm-instance.ts and the functions that use it, with a new instance each time. */
async function inside(entry) {
  const contents = 'export * as core from "./runtime/wasm-instance.js"; export * as api from "./entries/index.js";';
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: at("pkg", "src"), loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "neutral",
    write: false,
    plugins: [inOneFile, entryParts(entry)],
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}#${Math.random()}`
  );
}

/** Calls a function with ever less stack, until none is left. Returns the number of failures. */
function exhaust(call) {
  let failures = 0;
  const deeper = () => {
    try {
      deeper();
    } catch {
      // While the stack unwinds, every frame calls the function once, the first ones with almost no stack left.
    }
    if (failures < 200) {
      try {
        call();
      } catch {
        failures++;
      }
    }
  };
  deeper();
  return failures;
}

for (const entry of ["index", "js"]) {
  test(`${entry}: an exception of other code that passes through the module causes a new instance`, async () => {
    const { core, api } = await inside(entry);
    const before = core.wasmExports();
    const thrown = new TypeError("a getter threw");
    const error = problemOf(
      () =>
        core.callWasm(() => {
          throw thrown;
        }),
      "internal",
    );
    assert.equal(error.cause, thrown);
    assert.match(error.message, /a getter threw/);
    assert.deepEqual(probe(api), expected);
    assert.notEqual(core.wasmExports(), before);
  });

  test(`${entry}: after 2,000 failures, the package works and its memory has not grown`, async () => {
    const { core, api } = await inside(entry);
    assert.deepEqual(probe(api), expected);
    const pages = core.wasmExports().memory.buffer.byteLength;
    for (let round = 0; round < 2000; round++) {
      problemOf(
        () =>
          core.callWasm(() => {
            throw new Error("again");
          }),
        "internal",
      );
      if (round % 100 === 0) assert.deepEqual(probe(api), expected);
      else core.wasmExports();
    }
    assert.deepEqual(probe(api), expected);
    assert.equal(core.wasmExports().memory.buffer.byteLength, pages);
  });

  test(`${entry}: a failure in a nested call is reported once`, async () => {
    const { core } = await inside(entry);
    const error = problemOf(
      () =>
        core.callWasm(() =>
          core.callWasm(() => {
            throw "text";
          }),
        ),
      "internal",
    );
    assert.equal(error.cause, "text");
  });

  test(`${entry}: views are created again after the memory has grown`, async () => {
    const { core, api } = await inside(entry);
    assert.deepEqual(probe(api), expected);
    const before = core.wasmExports().memory.buffer;
    core.wasmExports().memory.grow(16);
    assert.notEqual(core.wasmExports().memory.buffer, before);
    assert.deepEqual(probe(api), expected);
  });
}

test("index: a trap in the module causes a new instance", async () => {
  const { core, api } = await inside("index");
  const error = problemOf(() => core.callWasm((exports) => exports.reserve(0, 0x7fff_ffff, 0x7fff_ffff)), "internal");
  assert.ok(error.cause instanceof WebAssembly.RuntimeError);
  assert.deepEqual(probe(api), expected);
});

for (const entry of ["batchlight", "batchlight/js"]) {
  test(`${entry}: calls without stack fail, and the next call works`, () => {
    const api = requireInstalled(entry);
    assert.deepEqual(probe(api), expected);
    assert.ok(exhaust(() => probe(api)) > 0, "the stack was never short");
    assert.deepEqual(probe(api), expected);
  });

  test(`${entry}: the first call can happen without stack`, () => {
    const file = requireInstalled.resolve(entry);
    delete requireInstalled.cache[file];
    const api = requireInstalled(entry);
    assert.ok(exhaust(() => probe(api)) > 0, "the stack was never short");
    assert.deepEqual(probe(api), expected);
  });
}
