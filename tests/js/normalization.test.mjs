// The deviations of other servers are fixed under their profiles, and are errors under the profile of OpenAI.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isBatch, parseBatch, profiles, safeParseBatch } from "./both.mjs";
import { batchWith, created, errorsIn, deepFreeze, codesOf } from "./support.mjs";

const counts = { completed: 1, failed: 0, total: 2 };
const usage = {
  input_tokens: 3,
  input_tokens_details: { cached_tokens: 1 },
  output_tokens: 4,
  output_tokens_details: { reasoning_tokens: 2 },
  total_tokens: 7,
};
const all = { completed: counts, usage };

/**
 * A description, the fields as sent, the fields after parsing (undefined: removed), the profiles that tolerate the
 * deviation, and the issue.
 *
 * @type {[string, object, object, string[], string][]}
 */
const deviations = [
  [
    "a capitalised status",
    { status: "Validating" },
    { status: "validating" },
    ["azure", "together", "compatible"],
    "status_spelling at status",
  ],
  [
    "an upper-case status",
    { status: "IN_PROGRESS" },
    { status: "in_progress" },
    ["azure", "together", "compatible"],
    "status_spelling at status",
  ],
  [
    "a status with one l",
    { status: "canceled" },
    { status: "cancelled" },
    ["azure", "together", "compatible"],
    "status_spelling at status",
  ],
  [
    "an ISO time",
    { in_progress_at: "2025-01-10T06:16:16Z" },
    { in_progress_at: created + 1 },
    ["azure", "together", "compatible"],
    "timestamp_string at in_progress_at",
  ],
  [
    "an ISO time with fraction and offset",
    { created_at: "2025-01-10T08:16:15.250+02:00" },
    { created_at: created },
    ["azure", "together", "compatible"],
    "timestamp_string at created_at",
  ],
  [
    "digits in quotes",
    { created_at: String(created) },
    { created_at: created },
    ["azure", "together", "compatible"],
    "timestamp_string at created_at",
  ],
  [
    "a timestamp in milliseconds",
    { created_at: created * 1000 },
    { created_at: created },
    ["compatible"],
    "timestamp_milliseconds at created_at",
  ],
  [
    "a bare list of errors",
    { status: "failed", errors: [{ message: "bad", line: null }] },
    { errors: { object: "list", data: [{ message: "bad" }] } },
    ["azure", "together", "compatible"],
    "errors_shape at errors",
  ],
  [
    "one bare text of an error",
    { status: "failed", errors: "bad" },
    { errors: { object: "list", data: [{ message: "bad" }] } },
    ["azure", "together", "compatible"],
    "errors_shape at errors",
  ],
  [
    "one bare error",
    { status: "failed", errors: { code: "c", message: "bad" } },
    { errors: { object: "list", data: [{ code: "c", message: "bad" }] } },
    ["azure", "together", "compatible"],
    "errors_shape at errors",
  ],
  [
    "an error nested as Azure does",
    {
      status: "failed",
      errors: { data: [{ code: null, line: 2, message: { error: { code: "c", message: "bad", type: "t" } } }] },
    },
    { errors: { object: "list", data: [{ code: "c", line: 2, message: "bad" }] } },
    ["azure", "together", "compatible"],
    "errors_shape at errors",
  ],
  [
    "an error nested as vLLM does",
    { status: "failed", errors: { error: { message: "bad", code: null } } },
    { errors: { object: "list", data: [{ message: "bad" }] } },
    ["azure", "together", "compatible"],
    "errors_shape at errors",
  ],
  [
    "partial counts",
    { request_counts: { total: 3 } },
    { request_counts: undefined },
    ["azure", "together", "compatible"],
    "missing_field at request_counts.completed",
  ],
  [
    "counts of null",
    { request_counts: { completed: null, failed: null, total: null } },
    { request_counts: undefined },
    ["azure", "together", "compatible"],
    "missing_field at request_counts.total",
  ],
  [
    "partial usage",
    { usage: { total_tokens: 7 } },
    { usage: undefined },
    ["azure", "together", "compatible"],
    "missing_field at usage.input_tokens",
  ],
  [
    "metadata that is no map",
    { metadata: "blue" },
    { metadata: undefined },
    ["azure", "together", "compatible"],
    "metadata_kind at metadata",
  ],
  [
    "metadata with a number",
    { metadata: { team: "blue", size: 7 } },
    { metadata: { team: "blue" } },
    ["azure", "together", "compatible"],
    "metadata_kind at metadata.size",
  ],
  [
    "no endpoint",
    { endpoint: null },
    { endpoint: "" },
    ["azure", "together", "compatible"],
    "missing_field at endpoint",
  ],
  ["no object", { object: undefined }, { object: "batch" }, ["together", "compatible"], "missing_field at object"],
  [
    "no window",
    { completion_window: null },
    { completion_window: "" },
    ["together", "compatible"],
    "missing_field at completion_window",
  ],
];

for (const [what, sent, becomes, through, issue] of deviations) {
  for (const { name: profile } of profiles) {
    const reads = through.includes(profile);
    test(`${what} is ${reads ? "fixed" : "an error"} under ${profile}`, () => {
      const value = deepFreeze(batchWith(sent));
      const result = safeParseBatch(value, { profile });
      assert.ok(codesOf(result.issues).includes(issue), codesOf(result.issues).join("; "));
      assert.equal(result.success, reads);
      if (!reads) return assert.ok(codesOf(errorsIn(result.issues)).includes(issue));
      const expected = { ...batchWith(sent), ...becomes };
      for (const [key, member] of Object.entries(expected))
        if (member === undefined || member === null) delete expected[key];
      assert.deepEqual(result.data, expected);
      assert.deepEqual(parseBatch(value, { profile }), expected);
      assert.equal(isBatch(value, { profile }), false, "a value that must be fixed is no Batch as it is");
    });
  }
}

test("a timestamp in the year 2000 is removed where it means that there is none", () => {
  const value = batchWith({ cancelled_at: 946_656_000_000, expires_at: 946_656_000_000 });
  assert.deepEqual(parseBatch(value, { profile: "compatible" }), batchWith());
});

test("0 is removed where it means that there is no timestamp", () => {
  const value = batchWith({ failed_at: 0, cancelled_at: 0 });
  assert.deepEqual(parseBatch(value, { profile: "compatible" }), batchWith());
  assert.equal(parseBatch(value), value, "elsewhere it is 1970");
});

test("another word for a status is read under the compatible profile, and unknown under the others", () => {
  for (const { name: profile } of profiles) {
    const { data, issues } = safeParseBatch(batchWith({ status: "PROGRESS" }), { profile });
    const isRead = profile === "compatible";
    assert.equal(data?.status, isRead ? "in_progress" : undefined);
    assert.ok(codesOf(issues).includes(`${isRead ? "status_spelling" : "unknown_status"} at status`));
  }
});

test("all deviations at once, and an empty list of errors", () => {
  const sent = {
    status: "Completed",
    created_at: created * 1000,
    in_progress_at: "2025-01-10T06:16:20Z",
    completed_at: `${created + 60}`,
    errors: [],
    request_counts: { total: 2, completed: null },
    usage: {},
    metadata: [1],
    output_file_id: "",
    own: null,
  };
  const batch = parseBatch(deepFreeze(batchWith(sent)), { profile: "compatible" });
  assert.deepEqual(batch, {
    ...batchWith(),
    status: "completed",
    in_progress_at: created + 5,
    completed_at: created + 60,
    own: null,
  });
});

test("complete counts and usage are kept", () => {
  const value = batchWith({ request_counts: all.completed, usage: all.usage });
  for (const { name: profile } of profiles) assert.equal(parseBatch(value, { profile }), value);
});

test("a fixed batch is valid, and parsing it again changes nothing", () => {
  const azure = parseBatch(batchWith({ endpoint: null, input_file_id: undefined, status: "Validating" }), {
    profile: "azure",
  });
  const together = parseBatch(batchWith({ object: undefined, completion_window: null }), { profile: "together" });
  for (const [batch, profile] of [
    [azure, "azure"],
    [together, "together"],
    [azure, "compatible"],
  ]) {
    assert.equal(isBatch(batch, { profile }), true);
    assert.equal(parseBatch(batch, { profile }), batch);
  }
});
