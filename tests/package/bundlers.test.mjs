// The installed package works after bundling and minifying, without any configuration. The suites of the board
// (tests/e2e/board) test Vite's servers.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { expected, probeText } from "./probe.mjs";
import { project } from "./support.mjs";

/** Bundles a script that stores the probe's result in `globalThis.answer`. Returns the contents of all files. */
async function bundled(entry, bundler) {
  const folder = mkdtempSync(join(project, "bundled-"));
  try {
    const input = join(folder, "input.js");
    writeFileSync(input, `import * as api from "${entry}"; globalThis.answer = ${probeText};`);
    await bundler(input, join(folder, "out"));
    const files = readdirSync(join(folder, "out"));
    return files.map((name) => ({ name, text: readFileSync(join(folder, "out", name), "utf8") }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const bundlers = {
  "esbuild, minified": (input, folder) =>
    esbuild({ entryPoints: [input], outdir: folder, bundle: true, minify: true, format: "iife", logLevel: "error" }),
  "Vite, minified": (input, folder) =>
    vite({
      root: project,
      configFile: false,
      logLevel: "error",
      build: { outDir: folder, minify: true, lib: { entry: input, formats: ["iife"], name: "page", fileName: "page" } },
    }),
};

for (const [name, bundler] of Object.entries(bundlers)) {
  for (const entry of ["batchlight", "batchlight/js"]) {
    test(`${name}: ${entry} is bundled into one script that works`, async () => {
      const files = await bundled(entry, bundler);
      assert.equal(files.length, 1, `no second file such as a stray .wasm: ${files.map((file) => file.name)}`);
      const sandbox = vm.createContext({});
      vm.runInContext(files[0].text, sandbox);
      assert.deepEqual(JSON.parse(JSON.stringify(sandbox.answer)), expected);
    });
  }
}
