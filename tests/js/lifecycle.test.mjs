// The lifecycle functions: every pair of statuses, compared with the lifecycle table.
import assert from "node:assert/strict";
import { test } from "node:test";
import { canReach, canTransition, describeBatch, isTerminal, lifecycle, nextStatuses, transition } from "./both.mjs";
import { batchWith, created, deepFreeze, statuses, thrownBy } from "./support.mjs";

const timestampField = (status) => (status === "validating" ? "created_at" : `${status}_at`);
const counts = { total: 3, completed: 0, failed: 0 };

test("the table has eight statuses, and each transition once", () => {
  assert.equal(statuses.length, 8);
  const moves = lifecycle.map(({ from, to }) => `${from} ${to}`);
  assert.equal(new Set(moves).size, moves.length);
  assert.ok(lifecycle.every(({ source, from, to }) => source.length > 0 && from !== to));
});

for (const unobserved of [undefined, false, true]) {
  const options = unobserved === undefined ? undefined : { unobserved };
  const steps = lifecycle.filter(({ evidence }) => unobserved || evidence === "observed");
  const after = (status) => steps.filter(({ from }) => from === status).map(({ to }) => to);

  /** The reachable statuses, derived from the table alone. */
  const reachable = (start) => {
    const found = new Set([start]);
    for (const status of found) for (const next of after(status)) found.add(next);
    return found;
  };

  test(`all 64 pairs, with unobserved ${unobserved}`, () => {
    for (const from of statuses) {
      assert.deepEqual(nextStatuses(from, options).sort(), after(from).sort(), from);
      assert.equal(
        isTerminal(from),
        lifecycle.every((step) => step.from !== from),
        from,
      );
      for (const to of statuses) {
        assert.equal(canTransition(from, to, options), after(from).includes(to), `${from} to ${to}`);
        assert.equal(canReach(from, to, options), reachable(from).has(to), `${from} to ${to}`);
      }
    }
  });

  test(`transition makes exactly the transitions of the table, with unobserved ${unobserved}`, () => {
    for (const from of statuses) {
      const batch = deepFreeze(batchWith({ status: from, [timestampField(from)]: created, own: { kept: null } }));
      for (const to of statuses) {
        const move = () => transition(batch, to, { at: created + 60, ...options });
        if (canTransition(from, to, options)) {
          assert.deepEqual(move(), { ...batch, status: to, [timestampField(to)]: created + 60 });
        } else {
          const { name, code, allowed } = thrownBy(move);
          assert.equal(name, "BatchTransitionError");
          assert.equal(
            code,
            canTransition(from, to, { unobserved: true }) ? "unobserved_transition" : "illegal_transition",
          );
          assert.deepEqual([...allowed].sort(), nextStatuses(from, options).sort());
        }
      }
    }
  });
}

test("nextStatuses returns a new array each time", () => {
  nextStatuses("validating").length = 0;
  assert.equal(nextStatuses("validating").length, 3);
});

test("an unknown status is a RangeError", () => {
  for (const status of ["Completed", "", undefined, null, 3, "__proto__", Symbol("status"), {}]) {
    const calls = [
      () => nextStatuses(status),
      () => isTerminal(status),
      () => canTransition(status, "failed"),
      () => canTransition("failed", status),
      () => canReach(status, "failed"),
      () => canReach("failed", status),
      () => transition(batchWith(), status, { at: created }),
    ];
    for (const call of calls) assert.throws(call, { name: "RangeError", message: /one of validating, / });
  }
});

test("a complete lifecycle, one transition after the other, without changing any input", () => {
  /** @type {[import("batchlight").BatchStatus, object][]} */
  const life = [
    ["in_progress", { counts }],
    ["finalizing", { counts: { total: 3, completed: 2, failed: 1 } }],
    ["completed", { files: { output: "file-2", error: "file-3" } }],
  ];
  let batch = deepFreeze(batchWith({ expires_at: created + 86_400, model: null }));
  for (const [index, [to, brought]] of life.entries())
    batch = deepFreeze(transition(batch, to, { at: created + index + 1, ...brought }));
  assert.deepEqual(batch, {
    ...batchWith({ status: "completed", expires_at: created + 86_400 }),
    in_progress_at: created + 1,
    finalizing_at: created + 2,
    completed_at: created + 3,
    request_counts: { total: 3, completed: 2, failed: 1 },
    output_file_id: "file-2",
    error_file_id: "file-3",
  });
  assert.equal(describeBatch(batch, { now: created + 9 }).outcome, "partially_failed");
});

test("the details of a transition must belong to it", () => {
  const running = batchWith({
    status: "in_progress",
    in_progress_at: created + 5,
    request_counts: { total: 3, completed: 2, failed: 0 },
  });
  /**
   * @typedef {import("batchlight").TransitionOptions} TransitionOptions
   * @type {[ReturnType<typeof batchWith>, import("batchlight").BatchStatus, TransitionOptions, string][]}
   */
  const refused = [
    [batchWith(), "in_progress", { at: created - 1 }, "timestamp_backwards"],
    [running, "finalizing", { at: created + 4 }, "timestamp_backwards"],
    [running, "finalizing", { at: created + 9, counts: { total: 3, completed: 1, failed: 0 } }, "counts_backwards"],
    [batchWith(), "in_progress", { at: created, files: { output: "file-2" } }, "file_early"],
    [batchWith(), "in_progress", { at: created, errors: { data: [{ message: "bad" }] } }, "errors_unexpected"],
  ];
  for (const [batch, to, options, code] of refused) {
    const error = thrownBy(() => transition(batch, to, options));
    assert.deepEqual([error.name, error.code, error.from, error.to], ["BatchTransitionError", code, batch.status, to]);
  }
  const invalid = [
    undefined,
    {},
    { at: 1.5 },
    { at: NaN },
    { at: "now" },
    { at: 1n },
    { at: null },
    { at: -1 },
    { at: created * 1e6 },
    { at: created, counts: { total: 1 } },
    { at: created, counts: { total: 1, completed: 2, failed: 0 } },
    { at: created, counts: [] },
    { at: created, files: { output: 7 } },
  ];
  for (const options of invalid)
    assert.equal(
      thrownBy(() => transition(batchWith(), "in_progress", options)).name,
      "BatchValidationError",
      JSON.stringify(String(options?.at)),
    );
  assert.equal(thrownBy(() => transition({}, "in_progress", { at: created })).name, "BatchValidationError");
});

test("a transition to failed sets the errors, without nulls", () => {
  const moved = transition(batchWith(), "failed", {
    at: created + 2,
    errors: { object: null, data: [{ message: "bad", line: 2, param: null }] },
  });
  assert.deepEqual(moved.errors, { object: "list", data: [{ message: "bad", line: 2 }] });
});

test("a transition normalizes a batch of another server", () => {
  const moved = transition(JSON.stringify(batchWith({ status: "Validating", endpoint: null })), "in_progress", {
    at: created + 1,
    profile: "azure",
  });
  assert.deepEqual(moved, { ...batchWith({ status: "in_progress", endpoint: "" }), in_progress_at: created + 1 });
});
