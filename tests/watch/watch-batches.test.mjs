// Many batches, watched within one budget.
import assert from "node:assert/strict";
import { test } from "node:test";
import { watchBatches } from "batchlight/watch";
import { batchWith, created } from "../js/support.mjs";
import { collect, fakeClock } from "./fake-clock.mjs";

const running = (id) =>
  batchWith({
    id,
    status: "in_progress",
    in_progress_at: created + 5,
    request_counts: { completed: 1, failed: 0, total: 10 },
  });
const cancelled = (id) =>
  batchWith({
    id,
    status: "cancelled",
    cancelling_at: created + 5,
    cancelled_at: created + 6,
    request_counts: { completed: 0, failed: 0, total: 0 },
  });
const ids = Array.from({ length: 50 }, (_, index) => `batch_${index}`);

test("all of them are told of, each with its id, until all have ended", async () => {
  const clock = fakeClock(created);
  const polls = new Map();
  const retrieve = async (id) => {
    polls.set(id, (polls.get(id) ?? 0) + 1);
    return polls.get(id) < 3 ? running(id) : cancelled(id);
  };
  const seen = collect(watchBatches([...ids, "batch_0"], retrieve, { clock }));
  await clock.advance(3600);
  assert.equal(seen.done, true);
  for (const id of ids) {
    assert.equal(polls.get(id), 3, `${id} is not asked for after its end`);
    assert.deepEqual(
      seen.values.filter((update) => update.id === id).map(({ view }) => view.status),
      ["in_progress", "cancelled"],
    );
  }
});

test("the budget holds in every minute, and no more polls than allowed are under way", async () => {
  const clock = fakeClock(created);
  const begun = [];
  let [under, most] = [0, 0];
  const stop = new AbortController();
  const retrieve = async (id) => {
    begun.push(clock.now());
    most = Math.max(most, ++under);
    await clock.sleep(3000, stop.signal);
    under--;
    return running(id);
  };
  collect(watchBatches(ids, retrieve, { clock, requestsPerMinute: 30, concurrency: 2, signal: stop.signal }));
  await clock.advance(1200);
  stop.abort();
  for (const start of begun) {
    const inMinute = begun.filter((at) => at >= start && at < start + 60).length;
    assert.ok(inMinute <= 30, `${inMinute} polls in a minute`);
  }
  assert.equal(most, 2);
  assert.ok(begun.length > 400, `the budget is used: ${begun.length}`);
});

test("a slow answer about one does not hold up the others, nor is it asked for twice", async () => {
  const clock = fakeClock(created);
  const polls = [];
  const stop = new AbortController();
  const retrieve = async (id) => {
    polls.push(id);
    if (id === "slow") return new Promise(() => {});
    return running(id);
  };
  collect(watchBatches(["slow", "quick"], retrieve, { clock, signal: stop.signal }));
  await clock.advance(600);
  stop.abort();
  assert.equal(polls.filter((id) => id === "slow").length, 1);
  assert.ok(polls.filter((id) => id === "quick").length > 5);
});

test("trouble with one is told with its id, and a refusal ends the loop", async () => {
  const clock = fakeClock(created);
  const troubles = [];
  const refusal = Object.assign(new Error("not yours"), { status: 403 });
  const retrieve = async (id) => {
    if (id === "b" && troubles.length === 0) throw new Error("hiccup");
    if (id === "b" && clock.now() > created + 100) throw refusal;
    return running(id);
  };
  const seen = collect(watchBatches(["a", "b"], retrieve, { clock, onTrouble: (trouble) => troubles.push(trouble) }));
  await clock.advance(600);
  assert.deepEqual([troubles[0].id, troubles[0].error.message], ["b", "hiccup"]);
  assert.equal(seen.error, refusal);
});

test("a webhook's event reaches the batch it is about", async () => {
  const clock = fakeClock(created + 50);
  const polls = [];
  /** @type {(event?: unknown) => void} */
  let nudge;
  const stop = new AbortController();
  collect(
    watchBatches(
      ["a", "b"],
      async (id) => {
        polls.push(id);
        return running(id);
      },
      {
        clock,
        signal: stop.signal,
        webhook: (given) => {
          nudge = given;
          return undefined;
        },
      },
    ),
  );
  await clock.advance(1);
  polls.length = 0;
  nudge({ type: "batch.completed", data: { id: "b" } });
  await clock.advance(0);
  stop.abort();
  assert.deepEqual(polls, ["b"]);
});

test("options that make no sense are named", async () => {
  for (const [options, message] of /** @type {[import("batchlight/watch").WatchManyOptions<unknown>, string][]} */ ([
    [{ requestsPerMinute: 0 }, "expected a number above 0, found 0 at requestsPerMinute"],
    [{ concurrency: Number.NaN }, "expected a number from 1 on, found NaN at concurrency"],
  ])) {
    const seen = collect(watchBatches(["a"], async (id) => running(id), options));
    await seen.finished;
    assert.equal(seen.error.message, message);
  }
});
