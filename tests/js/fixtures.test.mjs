// The recorded batches of real servers: all functions that validate agree on them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { batchSchema, createBatchSchema, describeBatch, isBatch, parseBatch, safeParseBatch } from "./both.mjs";
import { assertNoNull, cloneJson, errorsIn, deepFreeze, laterRows, rows, statuses, thrownBy } from "./support.mjs";

const published = Object.keys(batchSchema["~standard"].jsonSchema.output({ target: "draft-07" }).properties);

test("the fixtures are read", () => assert.deepEqual([rows.length, laterRows.length], [69, 41]));

for (const { name, profile, kind, partial, isOther, batch } of [...rows, ...laterRows]) {
  test(`${name}, under ${profile}: all functions agree`, () => {
    const value = deepFreeze(cloneJson(batch));
    const result = safeParseBatch(value, { profile });
    const standard = createBatchSchema({ profile })["~standard"].validate(value);
    const view = describeBatch(value, { profile, now: batch.created_at });
    assert.equal(view.valid, result.success);
    assert.deepEqual(view.issues, result.issues);
    if (result.success) {
      assert.deepEqual(parseBatch(value, { profile }), result.data);
      assert.deepEqual(standard, { value: result.data });
      assert.ok(statuses.includes(result.data.status));
      assertNoNull(
        Object.fromEntries(published.filter((key) => key in result.data).map((key) => [key, result.data[key]])),
      );
    } else {
      const errors = errorsIn(result.issues);
      assert.ok(partial || isOther, `refused: ${errors.map(({ message }) => message).join("; ")}`);
      assert.deepEqual(thrownBy(() => parseBatch(value, { profile })).issues, result.issues);
      assert.deepEqual(standard, { issues: errors.map(({ message, path }) => ({ message, path })) });
      assert.equal(isBatch(value, { profile }), false);
    }
    if (kind === "recorded") assert.equal(result.success, !isOther);
  });

  test(`${name}: JSON as a string and as bytes gives the same batch`, () => {
    const text = JSON.stringify(batch);
    const expected = safeParseBatch(batch, { profile });
    assert.deepEqual(safeParseBatch(text, { profile }), expected);
    assert.deepEqual(safeParseBatch(new TextEncoder().encode(text), { profile }), expected);
  });

  test(`${name}: isBatch is true if the batch without its nulls is a Batch`, () => {
    const { success, issues } = safeParseBatch(batch, { profile: "openai" });
    assert.equal(isBatch(batch), success);
    assert.deepEqual(batchSchema["~standard"].validate(batch).issues === undefined, success);
    // isBatch is about the object as it is, also under a profile that tolerates deviations.
    const through = safeParseBatch(batch, { profile });
    const asItIs =
      through.success &&
      Object.entries(batch).every(([key, member]) => member === null || member === "" || key in through.data) &&
      Object.entries(through.data).every(
        ([key, member]) => JSON.stringify(withoutNulls(batch[key])) === JSON.stringify(member),
      );
    if (through.success && !asItIs) assert.equal(isBatch(batch, { profile }), false, JSON.stringify(issues));
    if (success && asItIs) assert.equal(isBatch(batch, { profile }), true);
  });
}

/** A value without null properties, at any depth. */
function withoutNulls(value) {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  );
}
