// What the project says about the Batch API agrees with the types of the newest installed `openai` package.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Declarations, rangeOf, shutdowns } from "../../scripts/dev/facts/openai-types.mjs";
import { entriesOf, parsed, sourceOf, tablesOf } from "../../scripts/dev/facts/tables.mjs";
import { file } from "../../scripts/dev/facts/update.mjs";
import { compare, differences, staleModels } from "../../scripts/dev/facts-check.mjs";
import { at } from "../../scripts/process.mjs";

const declarations = new Declarations();

test("nothing differs from the installed package", () => assert.deepEqual(compare(declarations), []));

test("documents and examples name no model with a shutdown date", () => assert.deepEqual(staleModels(), []));

test("the generated module is what the package says, and is read back", () => {
  const tables = tablesOf(declarations);
  const source = readFileSync(at(file), "utf8");
  assert.equal(source, sourceOf(declarations.version, tables), "run npm run facts:update");
  assert.deepEqual(parsed(source), { version: declarations.version, tables });
});

test("what is new, changed or gone is reported", () => {
  const ours = entriesOf("PARAMETERS", "model ffs\nseed 09n\nold 01s");
  const theirs = entriesOf("PARAMETERS", "model ffs\nseed 09ns\nnew 02s=a|b");
  assert.deepEqual(differences("parameter", ours, theirs), [
    'parameter: "seed" was 09n, is 09ns',
    'parameter: new "new": 02s=a|b',
    'parameter: "old" is gone',
  ]);
});

test("an older package differs in what is known to have changed", () => {
  const older = compare(new Declarations(at("node_modules", "openai6")));
  const known = 'shutdown date: "gpt-4o-mini" is gone';
  assert.ok(older.includes(known), older.slice(0, 20).join("\n"));
  assert.ok(older.some((line) => line.startsWith("version of openai: new")));
});

test("dates and ranges are read from the comments", () => {
  const dates = shutdowns();
  assert.equal(dates.get("gpt-4o-mini"), "2027-01-14");
  assert.equal(dates.get("gpt-image-1"), "2026-10-23");
  assert.equal(dates.get("gpt-5.1-mini"), undefined);
  assert.deepEqual(rangeOf("Number between -2.0 and 2.0. Positive values"), [-2, 2]);
  assert.deepEqual(rangeOf("The compression level (0-100%) for"), [0, 100]);
  assert.equal(rangeOf("values between -1 and 1 should decrease"), null);
});
