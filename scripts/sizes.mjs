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
  "run.js",
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
 * What pages typically import.
 *
 * @typedef {object} MeasuredImport
 * @property {string} name the description
 * @property {string} script a page's script
 * @property {string[]} [external] modules that the page has anyway
 */
/** @type {MeasuredImport[]} */
export const measuredImports = [
  { name: "`isBatch`", script: using("isBatch") },
  { name: "`isTerminal`", script: using("isTerminal") },
  {
    name: "`isBatch`, `isTerminal`, `statuses`, `outcomes`",
    script: using("isBatch, isTerminal, statuses, outcomes"),
  },
  { name: "`parseBatch`", script: using("parseBatch") },
  { name: "`safeParseBatch`", script: using("safeParseBatch") },
  { name: "`compareBatches`", script: using("compareBatches") },
  { name: "`describeBatch`", script: using("describeBatch") },
  { name: "`checkInput`, before its first call", script: using("checkInput") },
  { name: "`watchBatch`", script: using("watchBatch", "batchlight/watch") },
  { name: "`<batch-status>`", script: 'import "batchlight/elements/status";' },
  { name: "`<batch-card>`", script: 'import "batchlight/elements/card";' },
  { name: "all elements", script: 'import "batchlight/elements/define";' },
  {
    name: "`batchlight/react` beside the elements",
    script: using("BatchCard", "batchlight/react"),
    external: ["react", "batchlight", "./elements.js", "./store.js"],
  },
];

/**
 * Bundles a script with esbuild, and measures what a page loads of it at once: the bundle and the chunks that it
 * imports statically. Also returns the names of all files that were written.
 *
 * @param {MeasuredImport} measured
 * @param {string} [project] the folder of the project in which the package is installed
 */
export async function measureImport({ script, external = [] }, project = root) {
  const { build } = await import("esbuild");
  const { metafile, outputFiles } = await build({
    stdin: { contents: script, resolveDir: project, sourcefile: "page.js" },
    outdir: "out",
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    metafile: true,
    write: false,
    logLevel: "error",
    plugins: [
      {
        name: "outside",
        // By the exact name: esbuild's own option takes a package with all its entries.
        setup: ({ onResolve }) =>
          onResolve({ filter: /./ }, ({ path }) => (external.includes(path) ? { path, external: true } : undefined)),
      },
    ],
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
  `${name.padEnd(50)}${kilobytes(raw)} raw ${kilobytes(gzip)} gzip ${kilobytes(brotli)} brotli`;

if (isMain(import.meta.url)) {
  await main(async () => {
    for (const name of loadedFiles) {
      const path = join(at("pkg", "dist"), name);
      print(existsSync(path) ? line(name, measure(readFileSync(path))) : `${name} is not built: npm run build`);
    }
    print("\nminified and bundled by esbuild, with everything that is loaded at once:");
    for (const measured of measuredImports) print(line(measured.name, await measureImport(measured)));
  });
}
