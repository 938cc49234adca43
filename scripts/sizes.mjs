// npm run sizes: prints the sizes of the published files, and of what a page loads for single imports.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { at, isMain, main, print, root } from "./process.mjs";

/** The sizes of a file in bytes: uncompressed, and with the strongest gzip and brotli compression. */
export const measure = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length,
});

/** The files that users load. */
export const loadedFiles = [
  "index.js",
  "js.js",
  "slim.js",
  "catalogue.js",
  "files.js",
  "files-js.js",
  "worker.js",
  "files-worker.js",
  "watch.js",
  "elements.js",
  "react.js",
  "store.js",
  "vue.js",
  "svelte.js",
  "mock.js",
  "mock-workerd.js",
  "core.wasm",
  "files.wasm",
  "mock.wasm",
];

/** Imports names and uses them, so that a bundler cannot drop them. */
const using = (names, entry = "batchlight") => `import { ${names} } from "${entry}"; globalThis.used = [${names}];`;

/**
 * What pages typically import, by a description. A page with another bundler, or with a module of its own around the
 * import, loads the same.
 */
export const measuredImports = {
  "`isBatch`": using("isBatch"),
  "`isTerminal`": using("isTerminal"),
  "`statuses`, `outcomes`": using("statuses, outcomes"),
  "`isBatch`, `isTerminal`, `statuses`, `outcomes`": using("isBatch, isTerminal, statuses, outcomes"),
  "`parseBatch`": using("parseBatch"),
  "`safeParseBatch`": using("safeParseBatch"),
  "`describeBatch`": using("describeBatch"),
  "`checkInput`": using("checkInput"),
  "`watchBatch`": using("watchBatch", "batchlight/watch"),
  "`<batch-status>`": `${using("BatchStatusElement", "batchlight/elements")} BatchStatusElement.define();`,
  "all elements": 'import "batchlight/elements/define";',
};

/**
 * Bundles a script with esbuild, and measures what a page loads of it at once: the bundle and the chunks that it
 * imports statically. Also returns the names of all files that were written.
 *
 * @param {string} script
 * @param {{ external?: string[] }} [options] `external`: modules that the page has anyway
 */
export async function measureImport(script, { external = [] } = {}) {
  const { build } = await import("esbuild");
  const { metafile, outputFiles } = await build({
    stdin: { contents: script, resolveDir: root, sourcefile: "page.js" },
    outdir: "out",
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    metafile: true,
    write: false,
    logLevel: "error",
    external,
  });
  const loaded = new Set();
  const load = (path) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { kind, path: imported, external } of metafile.outputs[path].imports)
      if (kind === "import-statement" && !external) load(imported);
  };
  load("out/stdin.js");
  const sizes = { raw: 0, gzip: 0, brotli: 0 };
  for (const { path, contents } of outputFiles) {
    if (![...loaded].some((name) => path.replaceAll("\\", "/").endsWith(name))) continue;
    for (const [kind, size] of Object.entries(measure(contents))) sizes[kind] += size;
  }
  return { ...sizes, files: Object.keys(metafile.outputs) };
}

const kilobytes = (size) => `${(size / 1000).toFixed(1)} kB`.padStart(9);

/** A line of the table of sizes. */
export const line = (name, { raw, gzip, brotli }) =>
  `${name.padEnd(48)}${kilobytes(raw)} raw ${kilobytes(gzip)} gzip ${kilobytes(brotli)} brotli`;

if (isMain(import.meta.url)) {
  await main(async () => {
    for (const name of loadedFiles) {
      const path = join(at("pkg", "dist"), name);
      print(existsSync(path) ? line(name, measure(readFileSync(path))) : `${name} is not built: npm run build`);
    }
    print("\nminified and bundled by esbuild, with everything that is loaded at once:");
    for (const [name, script] of Object.entries(measuredImports)) {
      const sizes = await measureImport(script);
      print(`${line(name, sizes)}  ${sizes.files.length} files`);
    }
  });
}
