// A trap, a stack overflow or a foreign exception in the middle of a call must cost that call only. The package offers
// no way to cause the first and the last on purpose, so pkg/src/runtime/wasm-instance.ts is tested from inside, with
// both forms of the module.
import assert from "node:assert/strict";
import { build } from "esbuild";
import { test } from "node:test";
import { partsOf } from "../../scripts/bundle/bundle.mjs";
import { at } from "../../scripts/process.mjs";
import { expected, probe } from "./probe.mjs";
import { problemOf, requireInstalled } from "./support.mjs";

/**
 * Takes the catalogue in, which lies in a file beside the entries: what is imported from a text has nothing beside it.
 */
const withCatalogue = {
  name: "with-catalogue",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/catalogue\.js$/ }, () => ({ path: at("pkg", "src", "entries", "catalogue.ts") })),
};

/** wasm-instance.ts and the API over one instance, as in an entry; a new instance each time. */
async function inside(entry) {
  const contents = 'export * as core from "./runtime/wasm-instance.js"; export * as api from "./entries/index.js";';
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: at("pkg", "src"), loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "neutral",
    write: false,
    plugins: [withCatalogue, partsOf(entry)],
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}#${Math.random()}`
  );
}

/** Calls with less and less stack left, until there is none; gives how often it failed. */
function exhaust(call) {
  let failures = 0;
  const deeper = () => {
    try {
      deeper();
    } catch {
      // Unwinding: every frame tries once, the first ones with next to no stack.
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
  test(`${entry}: a foreign exception that crosses the module starts it afresh`, async () => {
    const { core, api } = await inside(entry);
    const before = core.wasmExports();
    const thrown = new TypeError("a getter threw");
    const told = problemOf(
      () =>
        core.callWasm(() => {
          throw thrown;
        }),
      "internal",
    );
    assert.equal(told.cause, thrown);
    assert.match(told.message, /a getter threw/);
    assert.deepEqual(probe(api), expected);
    assert.notEqual(core.wasmExports(), before);
  });

  test(`${entry}: 2,000 failures leave neither a broken nor a growing package`, async () => {
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

  test(`${entry}: a failure in a nested call is told once`, async () => {
    const { core } = await inside(entry);
    const told = problemOf(
      () =>
        core.callWasm(() =>
          core.callWasm(() => {
            throw "text";
          }),
        ),
      "internal",
    );
    assert.equal(told.cause, "text");
  });

  test(`${entry}: views are made anew after the memory has grown`, async () => {
    const { core, api } = await inside(entry);
    assert.deepEqual(probe(api), expected);
    const before = core.wasmExports().memory.buffer;
    core.wasmExports().memory.grow(16);
    assert.notEqual(core.wasmExports().memory.buffer, before);
    assert.deepEqual(probe(api), expected);
  });
}

test("index: a trap inside the module starts it afresh", async () => {
  const { core, api } = await inside("index");
  const told = problemOf(
    () => core.callWasm((exports) => exports.__wbindgen_free(0xffff_fff0, 0x7fff_fff0, 1)),
    "internal",
  );
  assert.ok(told.cause instanceof WebAssembly.RuntimeError);
  assert.deepEqual(probe(api), expected);
});

for (const entry of ["batchlight", "batchlight/js"]) {
  test(`${entry}: calls at the end of the stack fail, and the next one works`, () => {
    const api = requireInstalled(entry);
    assert.deepEqual(probe(api), expected);
    assert.ok(exhaust(() => probe(api)) > 0, "the stack was never short");
    assert.deepEqual(probe(api), expected);
  });

  test(`${entry}: the very first call may come at the end of the stack`, () => {
    const file = requireInstalled.resolve(entry);
    delete requireInstalled.cache[file];
    const api = requireInstalled(entry);
    assert.ok(exhaust(() => probe(api)) > 0, "the stack was never short");
    assert.deepEqual(probe(api), expected);
  });
}
