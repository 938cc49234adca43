// compareBatches: every pair of polls of the recorded batches, in both orders.
import assert from "node:assert/strict";
import { test } from "node:test";
import { canReach, compareBatches, isTerminal, lifecycle } from "./both.mjs";
import { batchWith, cloneJson, created, deepFreeze, rows } from "./support.mjs";

/** The recorded batches that were polled more than once: all polls of each, in order. */
const pollHistories = [...recordedById().values()].filter((polls) => polls.length > 1);

function recordedById() {
  const groups = new Map();
  for (const row of rows.filter(({ kind }) => kind === "recorded"))
    groups.set(row.batch.id, [...(groups.get(row.batch.id) ?? []), row]);
  return groups;
}

/** The statuses on every path from one status to another, derived from the lifecycle table alone. */
function skippedStatuses(from, to) {
  const next = (status) =>
    lifecycle.filter((step) => step.evidence === "observed" && step.from === status).map((step) => step.to);
  const pathsFrom = (status) =>
    status === to
      ? [[]]
      : next(status)
          .filter((step) => canReach(step, to))
          .flatMap((step) => pathsFrom(step).map((path) => [step, ...path]));
  const [first, ...others] = pathsFrom(from);
  return (first ?? []).slice(0, -1).filter((status) => others.every((path) => path.includes(status)));
}

test("the fixtures have batches with several polls", () =>
  assert.ok(pollHistories.length >= 5, String(pollHistories.length)));

for (const polls of pollHistories) {
  const { profile } = polls[0];
  test(`the polls of ${polls[0].batch.id}: ${polls.map(({ batch }) => batch.status).join(", ")}`, () => {
    for (const [first, { batch: before }] of polls.entries()) {
      assert.equal(compareBatches(before, cloneJson(before), { profile }).relation, "unchanged");
      for (const { batch: after } of polls.slice(first + 1)) {
        const same = JSON.stringify(before) === JSON.stringify(after);
        const change = compareBatches(deepFreeze(cloneJson(before)), deepFreeze(cloneJson(after)), { profile });
        assert.equal(change.relation, same ? "unchanged" : "advanced");
        assert.deepEqual(change.alarms, []);
        assert.equal(change.unusual, false);
        assert.deepEqual(change.skipped, skippedStatuses(before.status, after.status));
        const moved = change.events.find(({ type }) => type === "status_changed");
        assert.deepEqual(
          moved,
          before.status === after.status
            ? undefined
            : { type: "status_changed", from: before.status, to: after.status },
        );
        const back = compareBatches(after, before, { profile });
        assert.equal(back.relation, same ? "unchanged" : "stale");
        assert.deepEqual([back.events, back.alarms], [[], []]);
      }
    }
  });
}

test("polls of different batches conflict", () => {
  const ids = [...new Set(rows.map(({ batch }) => batch.id))].filter(Boolean);
  for (const other of ids) {
    const { relation, alarms } = compareBatches(batchWith(), batchWith({ id: other }));
    assert.equal(relation, "conflicting");
    assert.deepEqual(
      alarms.map(({ code, field, before, after }) => [code, field, before, after]),
      [["id_changed", "id", "batch_1", other]],
    );
  }
});

test("each impossible change is reported once", () => {
  const done = batchWith({
    status: "completed",
    in_progress_at: created + 1,
    finalizing_at: created + 2,
    completed_at: created + 3,
    request_counts: { total: 3, completed: 3, failed: 0 },
    output_file_id: "file-2",
  });
  /** @type {[object, object, string][]} */
  const cases = [
    [done, { ...done, created_at: created + 1 }, "created_at_changed"],
    [done, { ...done, input_file_id: "file-9" }, "input_file_changed"],
    [done, { ...done, completed_at: created + 9 }, "timestamp_rewritten"],
    [done, { ...done, request_counts: { total: 4, completed: 4, failed: 0 } }, "total_changed"],
    [done, { ...done, status: "cancelled", cancelled_at: created + 9 }, "left_terminal_status"],
  ];
  for (const [before, after, code] of cases) {
    const { relation, alarms } = compareBatches(before, after);
    assert.equal(relation, "conflicting", code);
    assert.deepEqual(
      alarms.map((alarm) => alarm.code),
      [code],
    );
    assert.match(alarms[0].message, /\S.*[^.]$/);
  }
});

test("progress, files, errors and metadata are reported as events", () => {
  const before = batchWith({
    status: "in_progress",
    in_progress_at: created + 1,
    request_counts: { total: 3, completed: 0, failed: 0 },
  });
  const after = {
    ...before,
    status: "completed",
    finalizing_at: created + 5,
    completed_at: created + 6,
    request_counts: { total: 3, completed: 2, failed: 1 },
    output_file_id: "file-2",
    error_file_id: "file-3",
    model: "gpt-4o-mini-2024-07-18",
    metadata: { team: "red", run: "7" },
  };
  const { relation, events } = compareBatches(before, JSON.stringify(after));
  assert.equal(relation, "advanced");
  const byType = (wanted) => events.filter(({ type }) => type === wanted).map(({ type, ...rest }) => rest);
  assert.deepEqual(byType("status_changed"), [{ from: "in_progress", to: "completed" }]);
  assert.deepEqual(byType("progress"), [{ completed: 2, failed: 1, total: 3 }]);
  assert.deepEqual(byType("file_appeared"), [
    { file: "output", id: "file-2" },
    { file: "error", id: "file-3" },
  ]);
  assert.deepEqual(byType("model_named"), [{ model: "gpt-4o-mini-2024-07-18" }]);
  assert.deepEqual(
    byType("metadata_changed").map(({ keys }) => [...keys].sort()),
    [["run", "team"]],
  );
});

test("an unobserved transition is unusual, not impossible", () => {
  for (const { from, to } of lifecycle.filter(({ evidence }) => evidence === "unobserved")) {
    assert.equal(isTerminal(from), false);
    const stampOf = (status) => (status === "validating" ? {} : { [`${status}_at`]: created + 1 });
    const before = batchWith({ status: from, ...stampOf(from) });
    const { relation, unusual } = compareBatches(before, { ...before, status: to, [`${to}_at`]: created + 2 });
    assert.deepEqual([relation, unusual], ["advanced", !canReach(from, to)], `${from} to ${to}`);
  }
});
