// npm run sizes: what the published files weigh.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { at, isMain, main, say } from "./say.mjs";

/** The size of some bytes: as they are, by gzip at its best, by brotli at its best. */
export const measure = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length,
});

/** The files whose weight users carry. */
export const weighed = [
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

const kilobytes = (size) => `${(size / 1000).toFixed(1)} kB`.padStart(9);

/** One line of a table of sizes. */
export const line = (name, { raw, gzip, brotli }) =>
  `${name.padEnd(28)}${kilobytes(raw)} raw ${kilobytes(gzip)} gzip ${kilobytes(brotli)} brotli`;

if (isMain(import.meta.url)) {
  await main(() => {
    for (const name of weighed) {
      const path = join(at("pkg", "dist"), name);
      say(existsSync(path) ? line(name, measure(readFileSync(path))) : `${name} is not built: npm run build`);
    }
  });
}
