// describeBatch never throws for a value and always says something that can be shown; nor does anything else trip over
// a value.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { both, describeBatch, nextPoll, parseBatch, safeParseBatch } from "./both.mjs";
import { batchWith, created, rows, statuses, told } from "./support.mjs";
import { hostileValues } from "./hostile-values.mjs";

const now = created + 1000;

/** No text that is made for a person or a log is longer than this, whatever comes in. */
const longestMessage = 2048;

/** Asserts that a view can be shown: whole, bounded, and plain data. */
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

/** Calls what may throw, but only an error of the package's own, and bounded. */
function mayRefuse(call, names) {
  try {
    return call();
  } catch (error) {
    assert.ok(names.includes(error?.name), error);
    assertBounded(error.message);
  }
}

/** A result with the keys of the batch in it instead of the batch, which may hold proxies: they cannot be compared. */
const withKeys = (result, name) => ({ ...result, [name]: result[name] && Object.keys(result[name]) });

for (const [name, make] of Object.entries(hostileValues)) {
  test(`${name}: described, judged and refused without a stumble`, { timeout: 60_000 }, () => {
    // Each entry gets a value of its own: some of them answer differently the second time they are read.
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
    assert.equal(parseBatch(batchWith()).id, "batch_1", "the next good call is right");
  });
}

test("the reason is named for what broke the reading", () => {
  const issuesOf = (name) => told(safeParseBatch(hostileValues[name]()).issues);
  assert.deepEqual(issuesOf("a revoked proxy"), ["unreadable_member"]);
  assert.deepEqual(issuesOf("a revoked proxy of an array"), ["unreadable_member"]);
  assert.ok(issuesOf("throwing getters").includes("unreadable_member at id"));
  assert.deepEqual(issuesOf("a list as long as lists get"), ["not_a_batch"]);
  assert.ok(issuesOf("errors as long as lists get").includes("errors_cut at errors.data"));
  assert.deepEqual(issuesOf("lists 100,000 deep, cut short"), ["invalid_json"]);
});

test("any value at all can be described", () => {
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
    // Values are of about twenty kinds: each some hundred times.
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
    // Each of the twelve members is replaced hundreds of times, by every kind of value.
    { numRuns: 3000 },
  );
});

test("any moment, history and seed can be given", () => {
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
      (batch, moment, samples, seed) => {
        const options = { now: moment, history: samples, seed, profile: "compatible" };
        assertShowable(describeBatch(batch, options));
        const { seconds, reason } = nextPoll(batch, options);
        assert.ok(
          seconds === undefined ? reason === "terminal" : Number.isFinite(seconds) && seconds > 0,
          `${seconds}`,
        );
      },
    ),
    // Each batch of the fixtures, 70 with the one above, is met about 30 times.
    { numRuns: 2000 },
  );
});

test("a fraction is the very number that JavaScript comes to, however small", () => {
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
    // To multiply by the reciprocal, for one, comes to another number in every fourth of these cases. More of them,
    // because most small fractions have digits of their own.
    { numRuns: 5000 },
  );
});

test("every fixture has a view with its status, its steps and its files", () => {
  for (const { batch, profile, name } of rows) {
    const view = describeBatch(batch, { profile, now: 1_800_000_000 });
    assertShowable(view);
    assert.equal(view.status, batch.status, name);
    assert.ok(statuses.includes(view.knownStatus), name);
    assert.equal(view.id, batch.id ?? undefined);
    assert.equal(view.outcome !== undefined, view.terminal, name);
    assert.deepEqual(
      view.downloads.map((kind) => view.files.some((file) => file.kind === kind)),
      view.downloads.map(() => true),
    );
    assert.equal(view.poll.seconds === undefined, view.terminal, name);
    assert.deepEqual(nextPoll(batch, { profile, now: 1_800_000_000 }), view.poll, name);
  }
});

test("a view is the same whenever it is asked for, and new each time", () => {
  const [first, second] = [describeBatch(rows[0].batch, { now }), describeBatch(rows[0].batch, { now })];
  assert.deepEqual(first, second);
  assert.notEqual(first.timeline, second.timeline);
});
