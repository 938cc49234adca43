// Compares the sizes of the candidates, bundled and minified, and lists those of the published files.
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { block } from "./document.mjs";
import { publishedFiles, versions } from "./peers.mjs";
import { table } from "./tables.mjs";

/** Measures, prints a table and returns the results and the blocks of the document. */
export function measureSizes(peers) {
  const bundles = peers.map(({ label, file }) => ({ name: label, ...measure(file) }));
  const files = publishedFiles().map(({ name, file }) => ({ name, ...measure(file) }));
  const rows = (measured) =>
    measured.map(({ name, raw, gzip, brotli }) => [
      name,
      ...[raw, gzip, brotli].map((bytes) => (bytes / 1000).toFixed(1)),
    ]);
  table("Size: one validation, bundled and minified, kB", ["", "raw", "gzip", "brotli"], rows(bundles));
  table("Size: the published files, kB", ["", "raw", "gzip", "brotli"], rows(files));
  const sizes = block(
    [versions().join(", "), "one validation, bundled and minified by esbuild"],
    [["size", "minified, kB", "gzip, kB", "brotli, kB"], ...rows(bundles)],
  );
  return { measured: { bundles, files }, blocks: { sizes } };
}

function measure(file) {
  const bytes = readFileSync(file);
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli.length };
}
