// The installed package in workerd.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as files from "batchlight/files";
import { probeFiles, probeFilesText } from "./files-probe.mjs";
import { inWorkerd } from "./in-workerd.mjs";
import { expected, probeText } from "./probe.mjs";

test("the workerd condition resolves to a module that is compiled ahead of time", async () => {
  assert.deepEqual(await inWorkerd("batchlight", ["workerd", "worker", "browser"], probeText), { answer: expected });
});

test("the wasm-free entry works", async () => {
  assert.deepEqual(await inWorkerd("batchlight/js", [], probeText), { answer: expected });
});

for (const { entry, conditions } of [
  { entry: "batchlight/files", conditions: ["workerd", "worker", "browser"] },
  { entry: "batchlight", conditions: ["workerd", "worker", "browser"] },
  { entry: "batchlight/js", conditions: [] },
]) {
  test(`files, from ${entry}`, async () => {
    assert.deepEqual(await inWorkerd(entry, conditions, probeFilesText), {
      answer: JSON.parse(JSON.stringify(await probeFiles(files))),
    });
  });
}

test("without the condition, the error names it", async () => {
  const error = await inWorkerd("batchlight", [], probeText);
  assert.equal(error.code, "wasm_blocked");
  assert.match(error.message, /workerd/);
});
