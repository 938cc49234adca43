// The memory of the module depends on the size of a view only: strings that grow step by step must not fragment it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryBytes } from "./memories.mjs";
import { entries } from "./both.mjs";
import { batchWith, created } from "./support.mjs";

// The maxErrors list of errors has 0.6 MB of messages. Three bytes are reserved for each UTF-16 code unit, a growing
// buffer exists twice while it is copied, and the view is another string.
const maxErrors = 600;
const maxGrowth = 8 << 20;

for (const { name, api } of entries) {
  await test(`${name}: growing strings take no more memory than the longest one needs`, () => {
    const message = "x".repeat(1000);
    const failed = (entries) =>
      batchWith({
        status: "failed",
        failed_at: created + 1,
        errors: { object: "list", data: Array.from({ length: entries }, () => ({ message })) },
      });
    api.describeBatch(failed(1));
    const before = memoryBytes();
    for (let entries = 1; entries <= maxErrors; entries++) {
      assert.equal(api.describeBatch(failed(entries)).errorCount, entries);
      api.safeParseBatch(failed(entries));
    }
    const grown = memoryBytes() - before;
    assert.ok(grown < maxGrowth, `${grown} bytes`);
  });
}
