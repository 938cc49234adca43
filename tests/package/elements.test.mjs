// The elements without a page: by import, by require, and after bundling. They share the module of the main entry.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { installedText, project, requireInstalled } from "./support.mjs";

const batch = {
  id: "batch_1",
  status: "completed",
  created_at: 1736489775,
  request_counts: { total: 2, completed: 1, failed: 1 },
};
const options = /** @type {const} */ ({ element: "batch-status", now: 1736490000 });

test("import and require render the same, and registering without a page does nothing", async () => {
  const { renderBatch } = await import("batchlight/elements");
  const written = renderBatch(batch, options);
  assert.match(written, /Completed with errors/);
  assert.equal(requireInstalled("batchlight/elements").renderBatch(batch, options), written);
  assert.equal((await import("batchlight/elements/define")).renderBatch, renderBatch);
  assert.equal(requireInstalled("batchlight/elements/define").renderBatch(batch, options), written);
});

const bundlers = {
  esbuild: (input, folder) =>
    esbuild({ entryPoints: [input], outdir: folder, bundle: true, minify: true, format: "iife", logLevel: "error" }),
  Vite: (input, folder) =>
    vite({
      root: project,
      configFile: false,
      logLevel: "error",
      build: { outDir: folder, lib: { entry: input, formats: ["iife"], name: "page", fileName: "page" } },
    }),
};

for (const [name, bundler] of Object.entries(bundlers)) {
  test(`${name}: elements and functions share one module`, async () => {
    const folder = mkdtempSync(join(project, "elements-"));
    try {
      const input = join(folder, "input.js");
      writeFileSync(
        input,
        `import { describeBatch } from "batchlight";
        import { renderBatch } from "batchlight/elements";
        import "batchlight/elements/define";
        const batch = ${JSON.stringify(batch)};
        globalThis.answer = [describeBatch(batch).label, renderBatch(batch, ${JSON.stringify(options)})];`,
      );
      await bundler(input, join(folder, "out"));
      const files = readdirSync(join(folder, "out"));
      assert.equal(files.length, 1);
      const text = readFileSync(join(folder, "out", files[0]), "utf8");
      const sandbox = vm.createContext({ TextDecoder, TextEncoder, performance });
      vm.runInContext(text, sandbox);
      const { renderBatch } = await import("batchlight/elements");
      assert.deepEqual([...sandbox.answer], ["Completed with errors", renderBatch(batch, options)]);
      assert.ok(
        text.length <
          installedText("dist", "index.js").length * 1.25 + installedText("dist", "elements.js").length * 1.25,
        "more than one copy",
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
