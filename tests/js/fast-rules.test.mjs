// The fast rules: generated code that finds that a plain object has no issue but empty fields. The result must be the
// same as that of the module's report.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { both, entries, profiles, safeParseBatch } from "./both.mjs";
import { mutatedBatches, withoutFastPath } from "./mutated-batches.mjs";
import { batchWith, cloneJson, created, deepFreeze, rows } from "./support.mjs";

/** Asserts that the result is the same with and without the fast path, and returns it. */
function agreed(value, options) {
  const result = safeParseBatch(value, options);
  const reported = both((api) => api.safeParseBatch(withoutFastPath(value), options));
  assert.deepEqual(result, reported, JSON.stringify(value));
  return result;
}

test("the fixtures, under every profile", () => {
  let plain = 0;
  for (const { batch } of rows) {
    for (const { name: profile } of profiles) {
      const { issues } = agreed(deepFreeze(cloneJson(batch)), { profile });
      plain += issues.every(({ code }) => code === "null_field");
    }
  }
  assert.ok(plain > 100, `only ${plain} were without issues`);
});

test("mutated batches", () => {
  fc.assert(
    fc.property(mutatedBatches, ({ batch, options }) => void agreed(batch, options)),
    // About 150 changes of each of the 43 paths.
    { numRuns: 5000 },
  );
});

const whole = {
  expires_at: created + 86_400,
  request_counts: { completed: 0, failed: 0, total: 0 },
};

const later = (seconds) => created + seconds;
const counted = (completed, failed, total) => ({ request_counts: { completed, failed, total } });
const used = (input, cached, output, reasoning, total) => ({
  usage: {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: total,
  },
});
const running = { ...whole, status: "in_progress", in_progress_at: later(10), ...counted(3, 1, 9) };
const ended = {
  ...running,
  status: "completed",
  finalizing_at: later(20),
  completed_at: later(30),
  ...counted(8, 1, 9),
  output_file_id: "file-2",
  error_file_id: "file-3",
  ...used(5, 2, 7, 3, 12),
};
const cancelled = {
  ...running,
  status: "cancelled",
  cancelling_at: later(20),
  cancelled_at: later(30),
  output_file_id: "file-2",
};
const without = (batch, name) => Object.fromEntries(Object.entries(batch).filter(([key]) => key !== name));

test("batches without issues", () => {
  const expired = { ...running, status: "expired", expired_at: later(86_401), output_file_id: "file-2" };
  for (const batch of [
    whole,
    running,
    ended,
    cancelled,
    expired,
    { ...ended, ...counted(9, 0, 9), error_file_id: "" },
    { ...cancelled, error_file_id: "file-3" },
  ]) {
    assert.deepEqual(
      agreed(batchWith(batch)).issues.filter(({ code }) => code !== "null_field"),
      [],
      JSON.stringify(batch),
    );
  }
});

test("each invariant between fields, violated alone", () => {
  const broken = {
    timestamp_order: [
      { ...running, in_progress_at: later(-1) },
      { ...ended, finalizing_at: later(9) },
      { ...ended, completed_at: later(19) },
      { ...cancelled, cancelling_at: later(31) },
    ],
    timestamp_missing: [
      without(running, "in_progress_at"),
      without(ended, "completed_at"),
      without(cancelled, "cancelled_at"),
    ],
    timestamp_skipped: [
      without(ended, "in_progress_at"),
      without(ended, "finalizing_at"),
      without(cancelled, "cancelling_at"),
    ],
    timestamp_unreached: [
      { ...running, finalizing_at: later(20) },
      { ...ended, failed_at: later(30) },
      { ...cancelled, completed_at: later(30) },
    ],
    expiry_missing: [without(running, "expires_at")],
    expiry_window: [
      { ...running, expires_at: later(86_401) },
      { ...running, expires_at: later(86_399) },
    ],
    counts_missing: [without(running, "request_counts")],
    counts_exceed_total: [{ ...running, ...counted(8, 2, 9) }],
    counts_unfinished: [{ ...ended, ...counted(7, 1, 9) }],
    counts_early: [{ ...whole, ...counted(0, 0, 9) }],
    usage_sum: [{ ...ended, ...used(5, 2, 7, 3, 13) }],
    usage_details: [
      { ...ended, ...used(5, 6, 7, 3, 12) },
      { ...ended, ...used(5, 2, 7, 8, 12) },
    ],
    file_early: [
      { ...running, output_file_id: "file-2" },
      { ...running, error_file_id: "file-3" },
    ],
    output_file_missing: [without(ended, "output_file_id"), without(cancelled, "output_file_id")],
    output_file_unexpected: [
      { ...ended, ...counted(0, 9, 9) },
      { ...cancelled, ...counted(0, 1, 9) },
    ],
    error_file_missing: [without(ended, "error_file_id")],
    error_file_unexpected: [{ ...ended, ...counted(9, 0, 9) }],
    errors_missing: [{ ...whole, status: "failed", failed_at: later(10) }],
    id_shape: [
      { ...whole, id: "7" },
      { ...whole, id: "batch_ 1" },
      { ...whole, id: "batch_\u007f" },
    ],
    file_id_shape: [
      { ...whole, input_file_id: "7" },
      { ...ended, output_file_id: "file-\t" },
      { ...ended, error_file_id: "7" },
    ],
    endpoint_unknown: [{ ...whole, endpoint: "/v1/other" }],
    window_unknown: [{ ...without(whole, "expires_at"), completion_window: "25h", expires_at: later(90_000) }],
    metadata_pairs: [{ ...whole, metadata: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [at, ""])) }],
  };
  for (const [code, batches] of Object.entries(broken)) {
    for (const batch of batches)
      assert.deepEqual(
        agreed(batchWith(batch)).issues.map((issue) => issue.code),
        [code],
        JSON.stringify(batch),
      );
  }
});

test("strings that are not ASCII, long strings, and more than fit into a draft", () => {
  for (const text of [
    "batch_é",
    "batch_🚦",
    "batch_\ud800",
    `batch_${"x".repeat(1017)}`,
    `batch_${"x".repeat(1018)}`,
    `batch_${"é".repeat(600)}`,
    `batch_${"x".repeat(1010)}éé`,
    "batch_ ",
    "\u0000",
  ]) {
    agreed(batchWith({ ...whole, id: text }));
    agreed(batchWith({ ...whole, status: "completed", output_file_id: text, error_file_id: `file-${text}` }));
    agreed(batchWith({ ...whole, model: text, endpoint: text }));
    agreed(batchWith({ ...whole, completion_window: text }));
  }
});

test("metadata at its limits", () => {
  const pairs = (count, key = "k", value = "v") =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${key}${at}`, value]));
  for (const metadata of [
    pairs(16),
    pairs(17),
    pairs(1, "k".repeat(63)),
    pairs(1, "k".repeat(64)),
    pairs(1, "k", "v".repeat(512)),
    pairs(1, "k", "v".repeat(513)),
    pairs(1, "k", "é".repeat(513)),
  ]) {
    agreed(batchWith({ ...whole, metadata }));
  }
  assert.deepEqual(agreed(batchWith({ ...whole, metadata: pairs(16) })).issues, []);
});

test("a result belongs to the caller: changing it affects no other result", () => {
  const value = batchWith({ ...whole, model: null });
  for (const { api } of entries) {
    const { issues } = api.safeParseBatch(value);
    const before = cloneJson(issues);
    // Readonly by their types alone.
    const writable = /** @type {any} */ (issues);
    writable[0].message = "mine";
    writable[0].path.push("mine");
    writable.push(1);
    assert.deepEqual(api.safeParseBatch(value).issues, before);
  }
});

test("every set of empty fields is reported, also more sets than are cached", () => {
  const optional = [
    "in_progress_at",
    "finalizing_at",
    "completed_at",
    "failed_at",
    "model",
    "output_file_id",
    "error_file_id",
    "metadata",
  ];
  for (const round of [1, 2]) {
    for (let set = round; set < 1 << optional.length; set++) {
      const names = optional.filter((_, at) => set & (1 << at));
      const { issues, data: batch } = safeParseBatch(
        batchWith({ ...whole, ...Object.fromEntries(names.map((name) => [name, null])) }),
      );
      assert.equal(issues.length, 1);
      for (const name of optional) assert.equal(issues[0].found.includes(name), names.includes(name));
      assert.deepEqual(Object.keys(batch).sort(), Object.keys(batchWith(whole)).sort());
    }
  }
});

test("the empty fields of one batch are not reported for the next", () => {
  const full = batchWith({
    ...whole,
    usage: {
      input_tokens: 1,
      input_tokens_details: { cached_tokens: 2 },
      output_tokens: 1,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 2,
    },
  });
  assert.deepEqual(
    agreed(full).issues.map(({ code }) => code),
    ["usage_details"],
  );
  assert.deepEqual(agreed(batchWith(whole)).issues, []);
  assert.deepEqual(
    agreed(batchWith({ ...whole, request_counts: null }))
      .issues.map(({ code }) => code)
      .sort(),
    ["counts_missing", "null_field"],
  );
});

test("a getter that parses another batch does not affect the result", () => {
  const other = batchWith(whole);
  const odd = batchWith({
    ...whole,
    metadata: { long: "é".repeat(400_000) },
    errors: { data: Array.from({ length: 20_000 }, (_, line) => ({ line, message: "x".repeat(100) })) },
  });
  for (const asked of [other, odd]) {
    const { issues } = both((api) => {
      const asking = { ...batchWith({ ...whole, id: "no batch id" }) };
      Object.defineProperty(asking, "metadata", {
        enumerable: true,
        get: () => {
          api.safeParseBatch(asked);
          return {};
        },
      });
      return api.safeParseBatch(asking);
    });
    assert.deepEqual(
      issues.map(({ code }) => code),
      ["id_shape"],
    );
  }
});
