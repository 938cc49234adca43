// The module's memory follows what is described, not how it came to be: strings that grow step by step must not leave
// holes behind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryBytes } from "./memories.mjs";
import { entries } from "./both.mjs";
import { batchWith, created } from "./support.mjs";

// The longest list of errors has 0.6 MB of messages. Three bytes are reserved for each UTF-16 unit, and a buffer that
// grows exists twice for a moment; the view is a string as well.
const longest = 600;
const mostGrowth = 8 << 20;

for (const { name, api } of entries) {
  await test(`${name}: strings that grow step by step take no more than the longest of them needs`, () => {
    const message = "x".repeat(1000);
    const failed = (entries) =>
      batchWith({
        status: "failed",
        failed_at: created + 1,
        errors: { object: "list", data: Array.from({ length: entries }, () => ({ message })) },
      });
    api.describeBatch(failed(1));
    const before = memoryBytes();
    for (let entries = 1; entries <= longest; entries++) {
      assert.equal(api.describeBatch(failed(entries)).errorCount, entries);
      api.safeParseBatch(failed(entries));
    }
    const grown = memoryBytes() - before;
    assert.ok(grown < mostGrowth, `${grown} bytes`);
  });
}
