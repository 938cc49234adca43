// The module's memory follows what is described, not how it came to be: texts that grow step by step must not leave
// holes behind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describeBatch, safeParseBatch } from "batchlight";
import { batchWith, created } from "./support.mjs";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

/** What is in use outside the heap, where the module's memory is; buffers it has outgrown do not count. */
function mebibytes() {
  collectGarbage();
  return process.memoryUsage().external / 2 ** 20;
}

test("texts that grow step by step take no more than the longest of them needs", () => {
  const message = "x".repeat(1000);
  const failed = (entries) =>
    batchWith({
      status: "failed",
      failed_at: created + 1,
      errors: { object: "list", data: Array.from({ length: entries }, () => ({ message })) },
    });
  describeBatch(failed(1));
  const before = mebibytes();
  for (let entries = 1; entries <= 600; entries++) {
    assert.equal(describeBatch(failed(entries)).errorCount, entries);
    safeParseBatch(failed(entries));
  }
  // The longest is 0.6 MB; three bytes are kept for each UTF-16 unit, and a buffer that grows is there twice.
  const grown = mebibytes() - before;
  assert.ok(grown < 24, `${grown.toFixed(1)} MiB`);
});
