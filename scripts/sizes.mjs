// npm run sizes: prints the sizes of the published files.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { at, isMain, main, print } from "./process.mjs";

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

const kilobytes = (size) => `${(size / 1000).toFixed(1)} kB`.padStart(9);

/** A line of the table of sizes. */
export const line = (name, { raw, gzip, brotli }) =>
  `${name.padEnd(28)}${kilobytes(raw)} raw ${kilobytes(gzip)} gzip ${kilobytes(brotli)} brotli`;

if (isMain(import.meta.url)) {
  await main(() => {
    for (const name of loadedFiles) {
      const path = join(at("pkg", "dist"), name);
      print(existsSync(path) ? line(name, measure(readFileSync(path))) : `${name} is not built: npm run build`);
    }
  });
}
