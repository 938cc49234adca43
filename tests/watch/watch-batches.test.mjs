// watchBatches: several batches within one rate limit.
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

test("yields the updates of all batches with their ids, until all have ended", async () => {
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
    assert.equal(polls.get(id), 3, `${id} is not polled after its end`);
    assert.deepEqual(
      seen.values.filter((update) => update.id === id).map(({ view }) => view.status),
      ["in_progress", "cancelled"],
    );
  }
});

test("keeps requestsPerMinute in every minute, and concurrency at every time", async () => {
  const clock = fakeClock(created);
  const starts = [];
  let [polling, maxPolling] = [0, 0];
  const stop = new AbortController();
  const retrieve = async (id) => {
    starts.push(clock.now());
    maxPolling = Math.max(maxPolling, ++polling);
    await clock.sleep(3000, stop.signal);
    polling--;
    return running(id);
  };
  collect(watchBatches(ids, retrieve, { clock, requestsPerMinute: 30, concurrency: 2, signal: stop.signal }));
  await clock.advance(1200);
  stop.abort();
  for (const start of starts) {
    const inMinute = starts.filter((at) => at >= start && at < start + 60).length;
    assert.ok(inMinute <= 30, `${inMinute} polls in a minute`);
  }
  assert.equal(maxPolling, 2);
  assert.ok(starts.length > 400, `the limit is used up: ${starts.length} polls`);
});

test("a slow poll neither delays other batches nor starts a second time", async () => {
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

test("reports a failed poll with its id, and ends with the first permanent error", async () => {
  const clock = fakeClock(created);
  const pollErrors = [];
  const forbidden = Object.assign(new Error("forbidden"), { status: 403 });
  const retrieve = async (id) => {
    if (id === "b" && pollErrors.length === 0) throw new Error("hiccup");
    if (id === "b" && clock.now() > created + 100) throw forbidden;
    return running(id);
  };
  const seen = collect(watchBatches(["a", "b"], retrieve, { clock, onError: (error) => pollErrors.push(error) }));
  await clock.advance(600);
  assert.deepEqual([pollErrors[0].id, pollErrors[0].error.message], ["b", "hiccup"]);
  assert.equal(seen.error, forbidden);
});

test("a webhook event polls only the batch that it is about", async () => {
  const clock = fakeClock(created + 50);
  const polls = [];
  /** @type {(event?: unknown) => void} */
  let pollNow;
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
        webhook: (callback) => {
          pollNow = callback;
          return undefined;
        },
      },
    ),
  );
  await clock.advance(1);
  polls.length = 0;
  pollNow({ type: "batch.completed", data: { id: "b" } });
  await clock.advance(0);
  stop.abort();
  assert.deepEqual(polls, ["b"]);
});

test("rejects limits that allow no poll", async () => {
  for (const [options, message] of /** @type {[import("batchlight/watch").WatchManyOptions<unknown>, string][]} */ ([
    [{ requestsPerMinute: 0 }, "expected a number above 0, found 0 at requestsPerMinute"],
    [{ concurrency: Number.NaN }, "expected a number of at least 1, found NaN at concurrency"],
  ])) {
    const seen = collect(watchBatches(["a"], async (id) => running(id), options));
    await seen.finished;
    assert.equal(seen.error.message, message);
  }
});
