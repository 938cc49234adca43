// describeBatch never throws for a value, and its view can always be displayed. The other functions accept the same
// values, or throw an error of the package.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { both, describeBatch, isTerminal, nextPoll, outcomes, parseBatch, safeParseBatch } from "./both.mjs";
import { batchWith, created, rows, statuses, codesOf } from "./support.mjs";
import { hostileValues } from "./hostile-values.mjs";

const now = created + 1000;

/** The maximum length of a message, whatever the input. In UTF-16 code units. */
const longestMessage = 2048;

/** Asserts that a view can be displayed: complete, of limited size, and plain data. */
function assertShowable(view) {
  for (const name of ["label", "summary", "tone", "icon", "motion", "group"])
    assert.ok(typeof view[name] === "string" && view[name] !== "", name);
  assert.equal(typeof view.valid, "boolean");
  assert.equal(
    view.valid,
    view.issues.every(({ level }) => level !== "error"),
  );
  assert.ok(view.issues.length <= 1100, `${view.issues.length} issues`);
  assert.ok(view.errors.length <= 100);
  for (const text of [view.label, view.summary, view.advice ?? "", view.progress.text, view.poll.text])
    assertBounded(text);
  for (const { message, found, expected, help } of view.issues) [message, found, expected, help].forEach(assertBounded);
  const { fraction } = view.progress;
  assert.ok(
    fraction === undefined || (fraction >= 0 && fraction <= 1 && (view.terminal || fraction < 1)),
    `fraction ${fraction}`,
  );
  assert.deepEqual(structuredClone(view), view);
  assert.deepEqual(JSON.parse(JSON.stringify(view)), view);
}

const assertBounded = (text) =>
  assert.ok(text.length <= longestMessage, `a text of ${text.length} characters: ${text.slice(0, 100)}…`);

/** Calls a function that may throw, but only one of the named errors, with a message of limited length. */
function mayRefuse(call, names) {
  try {
    return call();
  } catch (error) {
    assert.ok(names.includes(error?.name), error);
    assertBounded(error.message);
  }
}

/** A result with the keys of the batch in place of the batch, which may contain proxies that cannot be compared. */
const withKeys = (result, name) => ({ ...result, [name]: result[name] && Object.keys(result[name]) });

for (const [name, make] of Object.entries(hostileValues)) {
  test(`${name}: every function returns, or throws an error of the package`, { timeout: 60_000 }, () => {
    // Each entry gets its own value, because some values change when they are read.
    const asked = (question) => both((api) => question(api, make()));
    assertShowable(asked((api, value) => api.describeBatch(value, { now })));
    const result = asked((api, value) => withKeys(api.safeParseBatch(value), "data"));
    assert.equal(typeof result.success, "boolean");
    for (const { message, found } of result.issues) [message, found].forEach(assertBounded);
    assert.equal(typeof asked((api, value) => api.isBatch(value)), "boolean");
    mayRefuse(() => asked((api, value) => Object.keys(api.parseBatch(value))), ["BatchValidationError"]);
    mayRefuse(() => asked((api, value) => api.compareBatches(value, make())), ["BatchValidationError"]);
    mayRefuse(() => asked((api, value) => api.compareBatches(batchWith(), value)), ["BatchValidationError"]);
    mayRefuse(
      () => asked((api, value) => Object.keys(api.transition(value, "in_progress", { at: now }))),
      ["BatchValidationError", "BatchTransitionError"],
    );
    assert.ok(asked((api, value) => api.nextPoll(value, { now })).text.length > 0);
    const { issues } = asked((api, value) => withKeys(api.batchSchema["~standard"].validate(value), "value"));
    for (const { message } of issues ?? []) assertBounded(message);
    assert.equal(parseBatch(batchWith()).id, "batch_1", "the next call is not affected");
  });
}

test("the issues name the reason why a value cannot be read", () => {
  const issuesOf = (name) => codesOf(safeParseBatch(hostileValues[name]()).issues);
  assert.deepEqual(issuesOf("a revoked proxy"), ["unreadable_field"]);
  assert.deepEqual(issuesOf("a revoked proxy of an array"), ["unreadable_field"]);
  assert.ok(issuesOf("throwing getters").includes("unreadable_field at id"));
  assert.deepEqual(issuesOf("a list of the maximum length"), ["not_a_batch"]);
  assert.ok(issuesOf("errors of the maximum length").includes("errors_cut at errors.data"));
  assert.deepEqual(issuesOf("lists 100,000 deep, not closed"), ["invalid_json"]);
});

test("every value can be described", () => {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  fc.assert(
    fc.property(anything, (value) => assertShowable(describeBatch(value, { now }))),
    // There are about twenty kinds of values: about 100 of each.
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom(...Object.keys(batchWith()), "errors", "metadata", "usage", "request_counts", "completed_at"),
        anything,
      ),
      (others) => assertShowable(describeBatch(batchWith(others), { now })),
    ),
    // Each of the twelve fields is replaced hundreds of times, by every kind of value.
    { numRuns: 3000 },
  );
});

test("every time, history and seed is accepted", () => {
  const number = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e300, -1e300, Number.MAX_SAFE_INTEGER, created),
  );
  const history = fc.array(fc.record({ at: number, completed: number, failed: number }), { maxLength: 5 });
  const whole = batchWith({
    status: "in_progress",
    in_progress_at: created + 5,
    expires_at: created + 86_400,
    request_counts: { total: 50, completed: 10, failed: 1 },
  });
  fc.assert(
    fc.property(
      fc.constantFrom(whole, ...rows.map(({ batch }) => batch)),
      number,
      history,
      number,
      (batch, now, samples, seed) => {
        const options = { now, history: samples, seed, profile: "compatible" };
        assertShowable(describeBatch(batch, options));
        const { action, seconds } = nextPoll(batch, options);
        assert.ok(action === "stop" ? seconds === undefined : Number.isFinite(seconds) && seconds > 0, `${seconds}`);
      },
    ),
    // There are 70 batches, the one above included: about 30 runs for each.
    { numRuns: 2000 },
  );
});

test("a fraction is exactly the quotient that JavaScript computes", () => {
  const counts = fc.integer({ min: 1, max: 2 ** 40 }).chain((total) =>
    fc.record({
      total: fc.constant(total),
      completed: fc.oneof(fc.integer({ min: 0, max: total }), fc.integer({ min: 0, max: Math.min(9, total) })),
    }),
  );
  fc.assert(
    fc.property(counts, ({ total, completed }) => {
      const { progress } = describeBatch(
        batchWith({ status: "expired", request_counts: { total, completed, failed: 0 } }),
        { now },
      );
      assert.equal(progress.fraction, completed / total);
    }),
    // Multiplying by the reciprocal, for example, gives another number in a quarter of these runs.
    { numRuns: 5000 },
  );
});

test("the view of every fixture has its status, outcome, files and next poll", () => {
  for (const { batch, profile, name } of rows) {
    const view = describeBatch(batch, { profile, now: 1_800_000_000 });
    assertShowable(view);
    assert.equal(view.status, batch.status, name);
    assert.ok(statuses.includes(view.knownStatus), name);
    assert.equal(view.id, batch.id ?? undefined);
    assert.equal(view.outcome !== undefined, view.terminal, name);
    assert.deepEqual(
      view.downloads.map((role) => view.files.some((file) => file.role === role)),
      view.downloads.map(() => true),
    );
    assert.deepEqual(nextPoll(batch, { profile, now: 1_800_000_000 }), view.poll, name);
  }
});

/** The properties of each variant of `BatchView`, `Timing` and `PollAdvice` that the others lack, as declared. */
function assertVariant(view) {
  const timing = ["deadline", "eta", "stall"].filter((name) => name in view.timing);
  const poll = Object.keys(view.poll).sort();
  switch (view.phase) {
    case "running":
      assert.ok(!isTerminal(view.knownStatus));
      assert.deepEqual([view.terminal, "outcome" in view], [false, false]);
      break;
    case "ended":
      assert.ok(isTerminal(view.knownStatus));
      assert.deepEqual([view.terminal, view.cancellable, timing], [true, false, []]);
      assert.ok(outcomes.includes(view.outcome));
      break;
    case "unknown":
      assert.deepEqual(["knownStatus" in view, "outcome" in view], [false, false]);
      assert.deepEqual([view.terminal, view.cancellable], [false, false]);
      assert.ok(timing.every((name) => name === "deadline"));
      break;
    default:
      assert.fail(`unknown phase ${view.phase}`);
  }
  assert.equal(view.poll.action, view.phase === "ended" ? "stop" : "wait");
  assert.deepEqual(poll, view.phase === "ended" ? ["action", "text"] : ["action", "reason", "seconds", "text"]);
}

test("the view of every fixture, at every age and with samples, has the properties of its phase", () => {
  const seen = new Set();
  const halfway = batchWith({
    status: "in_progress",
    in_progress_at: created + 5,
    request_counts: { total: 1000, completed: 500, failed: 0 },
  });
  for (const { batch, profile } of [...rows, { batch: halfway, profile: "openai" }]) {
    for (const status of [batch.status, "queued", undefined])
      for (const age of [0, 600, 90_000, 40 * 86_400]) {
        const samples = [{ at: batch.created_at, completed: 0, failed: 0 }];
        const view = describeBatch({ ...batch, status }, { profile, now: batch.created_at + age, history: samples });
        assertVariant(view);
        seen.add(view.phase);
        for (const name of Object.keys(view.timing)) seen.add(`${view.phase} ${name}`);
      }
  }
  assertVariant(describeBatch(undefined));
  assertVariant(describeBatch("{"));
  // The optional properties do occur where the declarations allow them.
  for (const name of ["running eta", "running stall", "running deadline", "ended elapsed", "unknown deadline"])
    assert.ok(seen.has(name), name);
});

test("two views of a batch are equal, and share no objects", () => {
  const [first, second] = [describeBatch(rows[0].batch, { now }), describeBatch(rows[0].batch, { now })];
  assert.deepEqual(first, second);
  assert.notEqual(first.timeline, second.timeline);
});
