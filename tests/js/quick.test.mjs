// Plain objects of which there is little to report take a way of their own to the rules. What comes of it must be what the report says.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { profiles, safeParseBatch } from "batchlight";
import { spoilt, unquick } from "./spoilt.mjs";
import { batchWith, copyOf, created, frozen, rows } from "./support.mjs";

/** Asserts that both ways agree; gives the result. */
function agreed(value, options) {
  const result = safeParseBatch(value, options);
  const reported = safeParseBatch(unquick(value), options);
  assert.deepEqual(result, reported, JSON.stringify(value));
  return result;
}

test("recorded objects, under every profile", () => {
  let plain = 0;
  for (const { batch } of rows) {
    for (const { name: profile } of profiles) {
      const { issues } = agreed(frozen(copyOf(batch)), { profile });
      plain += issues.every(({ code }) => code === "null_member");
    }
  }
  assert.ok(plain > 100, `only ${plain} were without findings`);
});

test("real objects, whatever is done to them", () => {
  fc.assert(
    fc.property(spoilt, ({ batch, options }) => void agreed(batch, options)),
    { numRuns: 5000 },
  );
});

const whole = {
  expires_at: created + 86_400,
  request_counts: { completed: 0, failed: 0, total: 0 },
};

test("texts that are no ASCII, long ones, and more of them than there is room for", () => {
  for (const text of ["batch_é", "batch_🚦", "batch_\ud800", `batch_${"x".repeat(1017)}`, `batch_${"x".repeat(1018)}`, `batch_${"é".repeat(600)}`, `batch_${"x".repeat(1010)}éé`, "batch_ ", "\u0000"]) {
    agreed(batchWith({ ...whole, id: text }));
    agreed(batchWith({ ...whole, status: "completed", output_file_id: text, error_file_id: `file-${text}` }));
    agreed(batchWith({ ...whole, model: text, endpoint: text }));
    agreed(batchWith({ ...whole, completion_window: text }));
  }
});

test("metadata at its limits", () => {
  const pairs = (count, key = "k", value = "v") => Object.fromEntries(Array.from({ length: count }, (_, at) => [`${key}${at}`, value]));
  for (const metadata of [pairs(16), pairs(17), pairs(1, "k".repeat(63)), pairs(1, "k".repeat(64)), pairs(1, "k", "v".repeat(512)), pairs(1, "k", "v".repeat(513)), pairs(1, "k", "é".repeat(513))]) {
    agreed(batchWith({ ...whole, metadata }));
  }
  assert.deepEqual(agreed(batchWith({ ...whole, metadata: pairs(16) })).issues, []);
});

test("a result is the caller's own: what is done to it shows in no other", () => {
  const value = batchWith({ ...whole, model: null });
  const { issues } = safeParseBatch(value);
  const before = copyOf(issues);
  issues[0].message = "mine";
  issues[0].path.push("mine");
  issues.push(1);
  assert.deepEqual(safeParseBatch(value).issues, before);
});

test("every set of members without a value is named as it is, more of them than are remembered", () => {
  const optional = ["in_progress_at", "finalizing_at", "completed_at", "failed_at", "model", "output_file_id", "error_file_id", "metadata"];
  for (const round of [1, 2]) {
    for (let set = round; set < 1 << optional.length; set++) {
      const names = optional.filter((_, at) => set & (1 << at));
      const { issues, batch } = safeParseBatch(batchWith({ ...whole, ...Object.fromEntries(names.map((name) => [name, null])) }));
      assert.equal(issues.length, 1);
      for (const name of optional) assert.equal(issues[0].found.includes(name), names.includes(name));
      assert.deepEqual(Object.keys(batch).sort(), Object.keys(batchWith(whole)).sort());
    }
  }
});

test("what was empty before is not remembered of the batch that follows", () => {
  const full = batchWith({ ...whole, usage: { input_tokens: 1, input_tokens_details: { cached_tokens: 2 }, output_tokens: 1, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 2 } });
  assert.deepEqual(agreed(full).issues.map(({ code }) => code), ["usage_details"]);
  assert.deepEqual(agreed(batchWith(whole)).issues, []);
  assert.deepEqual(agreed(batchWith({ ...whole, request_counts: null })).issues.map(({ code }) => code).sort(), ["counts_missing", "null_member"]);
});

test("a getter that asks about another batch changes nothing of what is said of this one", () => {
  const other = batchWith(whole);
  const odd = batchWith({ ...whole, metadata: { long: "é".repeat(400_000) }, errors: { data: Array.from({ length: 20_000 }, (_, line) => ({ line, message: "x".repeat(100) })) } });
  for (const asked of [other, odd]) {
    const asking = { ...batchWith({ ...whole, id: "no batch id" }) };
    Object.defineProperty(asking, "metadata", { enumerable: true, get: () => void safeParseBatch(asked) ?? {} });
    assert.deepEqual(safeParseBatch(asking).issues.map(({ code }) => code), ["id_shape"]);
  }
});
