// Two validators, generated code and the module, and two kinds of input, objects and JSON, must agree on every mutated
// batch.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { both, describeBatch, isBatch, parseBatch, safeParseBatch } from "./both.mjs";
import { mutatedBatches, withoutFastPath } from "./mutated-batches.mjs";

// About 40 runs for each of the 69 real objects, and 100 changes of each of the 43 paths.
const runs = { numRuns: 3000 };

test("generated code and the module return the same verdict and the same batch", () => {
  let validCount = 0;
  fc.assert(
    fc.property(mutatedBatches, ({ batch, options }) => {
      const full = both((api) => api.isBatch(withoutFastPath(batch), options));
      assert.equal(isBatch(batch, options), full);
      validCount += full ? 1 : 0;
      const result = safeParseBatch(batch, options);
      if (!result.success) return assert.throws(() => parseBatch(batch, options), { name: "BatchValidationError" });
      const parsed = parseBatch(batch, options);
      assert.deepEqual(parsed, result.data);
      assert.equal(parsed === batch, result.data === batch, "both return the object itself, or both a copy");
      if (full)
        assert.equal(
          both((api) => api.parseBatch(withoutFastPath(batch), options).status),
          parsed.status,
        );
    }),
    runs,
  );
  assert.ok(validCount > 300, `only ${validCount} of the objects were valid`);
});

test("the issues are the same for an object, its JSON and the bytes of its JSON", () => {
  fc.assert(
    fc.property(mutatedBatches, ({ batch, options }) => {
      const expected = safeParseBatch(batch, options);
      const text = JSON.stringify(batch);
      assert.deepEqual(safeParseBatch(text, options), expected);
      assert.deepEqual(safeParseBatch(new TextEncoder().encode(text), options), expected);
    }),
    runs,
  );
});

test("a view has the issues of parsing, and is valid if parsing succeeds", () => {
  fc.assert(
    fc.property(mutatedBatches, ({ batch, options }) => {
      const { success, issues } = safeParseBatch(batch, options);
      const view = describeBatch(batch, { ...options, now: 1_736_489_999 });
      assert.deepEqual([view.valid, view.issues], [success, issues]);
    }),
    runs,
  );
});

test("parsing a parsed batch changes nothing", () => {
  fc.assert(
    fc.property(mutatedBatches, ({ batch, options }) => {
      const result = safeParseBatch(batch, options);
      if (!result.success) return;
      const again = safeParseBatch(result.data, options);
      assert.deepEqual(again.data, result.data);
    }),
    runs,
  );
});

test("the order of the keys does not matter", () => {
  fc.assert(
    fc.property(mutatedBatches, fc.infiniteStream(fc.nat()), ({ batch, options }, numbers) => {
      const keys = Object.keys(batch)
        .map((key) => [numbers.next().value, key])
        .sort(([a], [b]) => a - b);
      const shuffled = Object.fromEntries(keys.map(([, key]) => [key, batch[key]]));
      const strip = ({ issues, ...rest }) => ({
        ...rest,
        issues: issues.filter(({ code }) => code !== "unknown_field" && code !== "null_field"),
      });
      assert.deepEqual(strip(safeParseBatch(shuffled, options)), strip(safeParseBatch(batch, options)));
    }),
    // About seven orders for each real object.
    { numRuns: 500 },
  );
});
