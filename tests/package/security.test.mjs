// Every promise of SECURITY.md has a test.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { at } from "../../scripts/process.mjs";

const promises = [...readFileSync(at("SECURITY.md"), "utf8").matchAll(/^\| .+? \| (tests\/\S+): (.+?) +\|$/gm)];

test("every promise of SECURITY.md names a test that exists", () => {
  assert.ok(promises.length > 15, "the tables are read");
  for (const [, file, name] of promises) {
    assert.ok(existsSync(at(file)), `expected the file ${file}`);
    assert.ok(readFileSync(at(file), "utf8").includes(name), `${file} has no test "${name}"`);
  }
});
