// There are two judges, generated code and the module, and two ways in, objects and text. Whatever is done to a real
// object, they must agree.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { both, describeBatch, isBatch, parseBatch, safeParseBatch } from "./both.mjs";
import { mutatedBatches, slow } from "./mutated-batches.mjs";

// Each of the 69 real objects is met some 40 times, and each of the 43 paths is changed some 100 times.
const runs = { numRuns: 3000 };

test("generated code and the module come to one verdict and one batch", () => {
  let quick = 0;
  fc.assert(
    fc.property(mutatedBatches, ({ batch, options }) => {
      const full = both((api) => api.isBatch(slow(batch), options));
      assert.equal(isBatch(batch, options), full);
      quick += full ? 1 : 0;
      const result = safeParseBatch(batch, options);
      if (!result.success) return assert.throws(() => parseBatch(batch, options), { name: "BatchValidationError" });
      const parsed = parseBatch(batch, options);
      assert.deepEqual(parsed, result.data);
      assert.equal(parsed === batch, result.data === batch, "both give the object itself, or both a copy");
      if (full)
        assert.equal(
          both((api) => api.parseBatch(slow(batch), options).status),
          parsed.status,
        );
    }),
    runs,
  );
  assert.ok(quick > 300, `only ${quick} of the objects were usable: the property says little`);
});

test("issues are the same for a live object, its text and its bytes", () => {
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

test("a view has the issues of parsing, and is valid where parsing succeeds", () => {
  fc.assert(
    fc.property(mutatedBatches, ({ batch, options }) => {
      const { success, issues } = safeParseBatch(batch, options);
      const view = describeBatch(batch, { ...options, now: 1_736_489_999 });
      assert.deepEqual([view.valid, view.issues], [success, issues]);
    }),
    runs,
  );
});

test("what was parsed stays as it is when it is parsed again", () => {
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

test("the order of an object's keys does not matter", () => {
  fc.assert(
    fc.property(mutatedBatches, fc.infiniteStream(fc.nat()), ({ batch, options }, numbers) => {
      const keys = Object.keys(batch)
        .map((key) => [numbers.next().value, key])
        .sort(([a], [b]) => a - b);
      const shuffled = Object.fromEntries(keys.map(([, key]) => [key, batch[key]]));
      const strip = ({ issues, ...rest }) => ({
        ...rest,
        issues: issues.filter(({ code }) => code !== "unknown_member" && code !== "null_member"),
      });
      assert.deepEqual(strip(safeParseBatch(shuffled, options)), strip(safeParseBatch(batch, options)));
    }),
    // Each real object is shuffled in some seven ways: an order that matters would show in most of them.
    { numRuns: 500 },
  );
});
