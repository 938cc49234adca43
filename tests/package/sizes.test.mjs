// The sizes of single imports: each is within its budget, and docs/sizes.md states it.
// `BATCHLIGHT_UPDATE=1 npm run t -- package/sizes` rewrites the table.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build as vite } from "vite";
import { at } from "../../scripts/process.mjs";
import { measuredImports, measureImport } from "../../scripts/sizes.mjs";
import { project } from "./support.mjs";

const { imports: budget } = JSON.parse(readFileSync(new URL("./size-budget.json", import.meta.url), "utf8"));
const path = at("docs", "sizes.md");
const between = /(?<=<!-- sizes: [^>]*-->\n)[\s\S]*(?=<!-- \/sizes -->)/;

// Other versions of brotli, of esbuild and of the compiler make files that differ by a few bytes in a thousand.
const tolerance = 0.02;

const sizes = new Map();
for (const measured of measuredImports) sizes.set(measured.name, await measureImport(measured, project));

test("every import is within its budget", () => {
  assert.deepEqual(Object.keys(budget), [...sizes.keys()]);
  for (const [name, { brotli }] of sizes)
    assert.ok(brotli <= budget[name], `${name} loads ${brotli} bytes, and at most ${budget[name]} are allowed`);
});

test("no page that does not read files loads WebAssembly for it, and the small ones none at all", () => {
  for (const name of ["`isBatch`", "`isTerminal`", "`isBatch`, `isTerminal`, `statuses`, `outcomes`"])
    assert.ok(sizes.get(name).raw < 12_000, `${name} loads ${sizes.get(name).raw} bytes`);
});

test("Vite writes neither a module nor a chunk for a page that only validates", async () => {
  const folder = mkdtempSync(join(project, "sizes-"));
  try {
    const entry = join(folder, "page.js");
    writeFileSync(entry, measuredImports[0].script);
    await vite({
      root: folder,
      configFile: false,
      logLevel: "error",
      build: { outDir: "out", lib: { entry, formats: ["es"], fileName: "page" } },
    });
    const files = readdirSync(join(folder, "out"));
    assert.equal(files.length, 1, `found ${files}`);
    assert.ok(readFileSync(join(folder, "out", files[0])).length < 20_000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

/** The table as lines of cells. */
const rows = [...sizes].map(([name, { raw, brotli }]) => [name, kilobytes(raw), kilobytes(brotli)]);

test("docs/sizes.md states the sizes", () => {
  const text = readFileSync(path, "utf8");
  if (process.env.BATCHLIGHT_UPDATE) {
    writeFileSync(
      path,
      text.replace(between, () => `\n${tableOf(rows)}\n\n`),
    );
    return;
  }
  const stated = between
    .exec(text)[0]
    .trim()
    .split("\n")
    .slice(2)
    .map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  assert.deepEqual(
    stated.map(([name]) => name),
    rows.map(([name]) => name),
  );
  for (const [index, [name, ...numbers]] of rows.entries())
    for (const [column, number] of numbers.entries()) {
      const [is, was] = [Number(number), Number(stated[index][column + 1])];
      assert.ok(
        Math.abs(is - was) <= 0.1 + was * tolerance,
        `${name}: docs/sizes.md states ${was} kB, found ${is} kB: BATCHLIGHT_UPDATE=1 npm run t -- package/sizes`,
      );
    }
});

function tableOf(cells) {
  const all = [["import", "minified, kB", "minified and brotli, kB"], ...cells];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [line(all[0]), line(widths.map((width) => "-".repeat(width))), ...all.slice(1).map(line)].join("\n");
}
