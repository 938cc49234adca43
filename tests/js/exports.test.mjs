// The exports beside the functions for batches: guards for errors, constants, formatIssues, and Dates as the current
// time. Also the type that isBatch narrows to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { Ajv } from "ajv";
import fc from "fast-check";
import {
  batchSchema,
  both,
  checkInput,
  describeBatch,
  entries,
  formatIssues,
  isBatch,
  isBatchlightFileError,
  isBatchlightLoadError,
  isBatchTransitionError,
  isBatchValidationError,
  lifecycle,
  nextPoll,
  outcomes,
  parseBatch,
  profiles,
  safeParseBatch,
  statuses,
  transition,
  verdicts,
} from "./both.mjs";
import * as slim from "batchlight/slim";
import { hostileValues } from "./hostile-values.mjs";
import { mutatedBatches } from "./mutated-batches.mjs";
import { batchWith, created, rows, thrownBy } from "./support.mjs";

const guards = { isBatchValidationError, isBatchTransitionError, isBatchlightLoadError, isBatchlightFileError };

/** The names of the guards that are true for an error. */
const guardsTrueFor = (error) => Object.keys(guards).filter((name) => guards[name](error));

test("each error has one guard that is true for it", async () => {
  const errors = {
    isBatchValidationError: () => parseBatch({}),
    isBatchTransitionError: () => transition(batchWith(), "completed", { at: created + 1 }),
    isBatchlightLoadError: () => slim.describeBatch(batchWith()),
  };
  for (const [name, call] of Object.entries(errors)) assert.deepEqual(guardsTrueFor(thrownBy(call)), [name]);
  const fileError = await checkInput(/** @type {any} */ (7)).catch((error) => error);
  assert.deepEqual(guardsTrueFor(fileError), ["isBatchlightFileError"]);
});

test("guards are true for the errors of the other entry, and of another realm", () => {
  for (const { api } of entries)
    assert.deepEqual(guardsTrueFor(thrownBy(() => api.parseBatch({}))), ["isBatchValidationError"]);
  const foreign = runInNewContext("Object.assign(new Error('invalid'), { name: 'BatchTransitionError' })");
  assert.equal(foreign instanceof Error, false);
  assert.deepEqual(guardsTrueFor(foreign), ["isBatchTransitionError"]);
});

test("guards are false for any other value, and never throw", () => {
  const others = [
    new Error("BatchValidationError"),
    new RangeError("x"),
    "BatchValidationError",
    null,
    undefined,
    7,
    [],
  ];
  for (const other of others) assert.deepEqual(guardsTrueFor(other), []);
  for (const make of Object.values(hostileValues)) assert.deepEqual(guardsTrueFor(make()), []);
});

test("formatIssues writes the message of each issue on a line of its own", () => {
  const { issues } = safeParseBatch({ object: "batch" });
  assert.ok(issues.length > 3);
  assert.deepEqual(
    formatIssues(issues).split("\n"),
    issues.map(({ message }) => message),
  );
  assert.equal(formatIssues([]), "");
});

test("formatIssues starts with the message of the error, for every fixture", () => {
  let invalid = 0;
  for (const { batch } of rows) {
    const result = safeParseBatch(batch);
    if (result.success) continue;
    invalid++;
    const { message, issues } = thrownBy(() => parseBatch(batch));
    const [first] = formatIssues(issues.filter(({ level }) => level === "error")).split("\n");
    assert.ok(message === first || message.startsWith(`${first} (and `), message);
  }
  assert.ok(invalid > 5, `only ${invalid} invalid fixtures`);
});

test("statuses are those of the lifecycle", () => {
  const known = new Set(lifecycle.flatMap(({ from, to }) => [from, to]));
  assert.deepEqual([...statuses].sort(), [...known].sort());
  assert.equal(statuses.length, 8);
});

test("outcomes are those of views, and each occurs", () => {
  const counts = [
    { total: 2, completed: 2, failed: 0 },
    { total: 2, completed: 1, failed: 1 },
    { total: 2, completed: 0, failed: 2 },
    { total: 2, completed: 0, failed: 0 },
    { total: 0, completed: 0, failed: 0 },
    undefined,
  ];
  const found = new Set(
    statuses.flatMap((status) =>
      counts.flatMap((request_counts) =>
        [{}, { output_file_id: "file-2" }].map(
          (files) => describeBatch(batchWith({ status, request_counts, ...files }), { now: created }).outcome,
        ),
      ),
    ),
  );
  found.delete(undefined);
  assert.deepEqual([...found].sort(), [...outcomes].sort());
});

test("verdicts are those of reconcile, and each occurs", async () => {
  const request = (custom_id) =>
    JSON.stringify({ custom_id, method: "POST", url: "/v1/embeddings", body: { model: "m", input: "x" } });
  const result = (custom_id, status_code, answer = {}) =>
    JSON.stringify({
      id: `r-${custom_id}`,
      custom_id,
      response: { status_code, request_id: "q", body: answer },
      error: null,
    });
  const input = ["good", "bad", "gone", "twice", "twice", "torn", "cut"].map(request).join("\n");
  const output = [
    result("good", 200),
    result("twice", 200),
    result("torn", 200, { a: 1 }),
    result("torn", 200, { a: 2 }),
    result("cut", 200, { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } }),
  ];
  const errors = [result("bad", 400, { error: { message: "no" } })];
  const found = await both(async (api) => {
    const reconciliation = await api.reconcile({ input, output: output.join("\n"), error: errors.join("\n") });
    return [...reconciliation.verdicts()].map(({ verdict }) => verdict);
  });
  assert.deepEqual([...new Set(found)].sort(), [...verdicts].sort());
});

test("the names of profiles are all accepted, and no other", () => {
  assert.ok(profiles.length >= 6);
  for (const { name: profile } of profiles) assert.equal(isBatch(batchWith(), { profile }), true);
  assert.throws(() => isBatch(batchWith(), { profile: "other" }), { name: "RangeError" });
});

test("a Date is the same as its Unix seconds", () => {
  for (const { batch, profile } of rows) {
    for (const now of [created, created + 1234.567, 1_800_000_000]) {
      const date = new Date(now * 1000);
      assert.deepEqual(describeBatch(batch, { profile, now: date }), describeBatch(batch, { profile, now }));
      assert.deepEqual(nextPoll(batch, { profile, now: date }), nextPoll(batch, { profile, now }));
    }
  }
  const foreign = runInNewContext(`new Date(${created * 1000})`);
  const described = describeBatch(batchWith(), { now: foreign });
  assert.deepEqual(described, describeBatch(batchWith(), { now: created }));
  assert.notDeepEqual(described, describeBatch(batchWith(), { now: created + 86_400 }));
});

// The JSON Schema of the input says the same as the type NullableBatch.
const hasType = new Ajv({ strict: true, allowUnionTypes: true }).compile(
  batchSchema["~standard"].jsonSchema.input({ target: "draft-07" }),
);

test("isBatch is false where the type that it narrows to would be wrong", () => {
  const wrong = [
    { expires_at: "" },
    { request_counts: "" },
    { usage: "" },
    { errors: "" },
    { errors: { data: "" } },
    { errors: { data: [null] } },
    { errors: { object: 7, data: [] } },
    { metadata: "" },
    { status: "paused" },
  ];
  for (const others of wrong) assert.equal(isBatch(batchWith(others)), false, JSON.stringify(others));
  const right = [
    { expires_at: null, request_counts: null, usage: null, errors: null, metadata: null, model: null },
    { model: "", output_file_id: "" },
    { status: "failed", errors: { object: null, data: [{ code: null, line: null, message: "", param: null }] } },
    { status: "failed", errors: { object: "list", data: null } },
  ];
  for (const others of right) assert.equal(isBatch(batchWith(others)), true, JSON.stringify(others));
});

test("whatever isBatch accepts has the type that it narrows to", () => {
  let accepted = 0;
  fc.assert(
    fc.property(mutatedBatches, ({ batch, options }) => {
      if (!isBatch(batch, options)) return;
      accepted++;
      assert.ok(hasType(batch), JSON.stringify(hasType.errors));
    }),
    { numRuns: 2000 },
  );
  assert.ok(accepted > 200, `only ${accepted} were accepted`);
});
