// watchBatch: pace, retries, resuming and ending. It only calls compareBatches and describeBatch of `batchlight`, whose
// results tests/js compares between all entries, so these tests use one entry.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isBatchlightWatchError, watchBatch } from "batchlight/watch";
import { batchWith, created } from "../js/support.mjs";
import { collect, fakeClock } from "./fake-clock.mjs";

const counts = (completed, failed = 0, total = 10) => ({ request_counts: { completed, failed, total } });
const running = (completed) => batchWith({ status: "in_progress", in_progress_at: created + 5, ...counts(completed) });
const completed = batchWith({
  status: "completed",
  in_progress_at: created + 5,
  finalizing_at: created + 500,
  completed_at: created + 501,
  output_file_id: "file-2",
  ...counts(10),
});

/**
 * A server whose response depends on the time and on the number of polls. An error is thrown.
 *
 * @param responseAt called with the seconds since the batch was created and the number of polls so far
 */
function server(clock, responseAt) {
  const polls = [];
  return {
    polls,
    retrieve: async () => {
      polls.push(clock.now());
      const response = responseAt(clock.now() - created, polls.length);
      if (response instanceof Error) throw response;
      return response;
    },
  };
}

const httpError = (status, headers) => Object.assign(new Error(`status ${status}`), { status, headers });

/** A webhook subscription for `watchBatch`, and the function that delivers an event to it. */
function manualWebhook() {
  /** @type {(event?: unknown) => void} */
  let deliver;
  return {
    webhook: (callback) => {
      deliver = callback;
      return undefined;
    },
    pollNow: (event) => deliver(event),
  };
}

test("yields an update whenever something changed, until the batch ends", async () => {
  const clock = fakeClock(created);
  const { polls, retrieve } = server(clock, (age) =>
    age < 5 ? batchWith() : age < 500 ? running(Math.min(9, Math.floor(age / 50))) : completed,
  );
  const seen = collect(watchBatch(retrieve, { clock }));
  await clock.advance(3000);
  assert.equal(seen.done, true);
  assert.equal(seen.error, undefined);
  const statuses = seen.values.map(({ view }) => view.status);
  assert.equal(statuses[0], "validating");
  assert.equal(statuses.at(-1), "completed");
  assert.equal(seen.values.at(-1).view.outcome, "succeeded");
  assert.ok(polls.length > seen.values.length, "an unchanged response yields no update");
  assert.equal(seen.values[0].change, undefined);
  for (const { change, alarms } of seen.values.slice(1)) assert.deepEqual([change.relation, alarms], ["advanced", []]);
  assert.equal(clock.sleeping, 0);
});

test("a clock that sleeps no time leaves timers and network events their turn", async () => {
  const stop = new AbortController();
  // The polls never end by themselves: the time stands still.
  const clock = { now: () => created, sleep: async () => undefined };
  const seen = collect(watchBatch(async () => running(3), { clock, signal: stop.signal }));
  setTimeout(() => stop.abort(new Error("stopped by a timer")), 1);
  await seen.finished;
  assert.equal(seen.error.message, "stopped by a timer");
});

test("waits as long as describeBatch advises", async () => {
  const clock = fakeClock(created + 100);
  const { polls, retrieve } = server(clock, () => running(3));
  const seen = collect(watchBatch(retrieve, { clock }));
  await clock.advance(0);
  const [{ view }] = seen.values;
  await clock.advance(view.poll.seconds - 0.01);
  assert.equal(polls.length, 1);
  await clock.advance(0.02);
  assert.equal(polls.length, 2);
});

test("drops a stale response", async () => {
  const clock = fakeClock(created + 100);
  const { retrieve } = server(clock, (_, turn) => (turn === 1 ? running(5) : turn === 2 ? running(4) : completed));
  const seen = collect(watchBatch(retrieve, { clock }));
  await clock.advance(2000);
  assert.deepEqual(
    seen.values.map(({ view }) => [view.status, view.progress.completed]),
    [
      ["in_progress", 5],
      ["completed", 10],
    ],
  );
});

test("reports a contradictory change as an alarm", async () => {
  const clock = fakeClock(created + 100);
  const other = { ...running(6), input_file_id: "file-9" };
  const { retrieve } = server(clock, (_, turn) =>
    turn === 1 ? running(5) : turn === 2 ? other : { ...completed, input_file_id: "file-9" },
  );
  const seen = collect(watchBatch(retrieve, { clock }));
  await clock.advance(2000);
  assert.notEqual(seen.values[1].alarms.length, 0);
});

test("retries failed polls with exponential backoff, and not before the end of Retry-After", async () => {
  const clock = fakeClock(created + 100);
  const errors = [
    httpError(500),
    new Error("connection reset"),
    httpError(429, new Headers({ "retry-after": "120" })),
    httpError(429, { "retry-after": "90" }),
  ];
  const { polls, retrieve } = server(clock, (_, turn) => errors[turn - 1] ?? completed);
  const pollErrors = [];
  const seen = collect(watchBatch(retrieve, { clock, onError: (error) => pollErrors.push(error) }));
  await clock.advance(1000);
  assert.equal(seen.values.at(-1).view.status, "completed");
  assert.deepEqual(
    pollErrors.map(({ error, failures }) => [error.message, failures]),
    errors.map((error, index) => [error.message, index + 1]),
  );
  const gaps = polls.slice(1).map((at, index) => at - polls[index]);
  assert.ok(gaps[0] >= 1.8 && gaps[0] <= 2.2, `${gaps[0]}`);
  assert.ok(gaps[1] >= 3.6 && gaps[1] <= 4.4, `${gaps[1]}`);
  assert.ok(Math.abs(gaps[2] - 120) < 0.01 && Math.abs(gaps[3] - 90) < 0.01, `${gaps}`);
});

for (const status of [400, 401, 403, 410]) {
  test(`throws the error of retrieve after status ${status}, without a retry`, async () => {
    const clock = fakeClock(created);
    const error = httpError(status);
    const { polls, retrieve } = server(clock, () => error);
    const seen = collect(watchBatch(retrieve, { clock }));
    await clock.advance(1000);
    assert.equal(seen.error, error);
    assert.equal(polls.length, 1);
  });
}

test("retries 404 for a grace after the first one, with the last retry at its end", async () => {
  for (const [notFoundGrace, grace] of [
    [undefined, 60],
    [5, 5],
    [0, 0],
  ]) {
    const clock = fakeClock(created);
    const error = httpError(404);
    const { polls, retrieve } = server(clock, () => error);
    const pollErrors = [];
    const onError = (pollError) => pollErrors.push(pollError);
    const seen = collect(watchBatch(retrieve, { clock, notFoundGrace, onError }));
    await clock.advance(1000);
    assert.equal(seen.error, error);
    assert.ok(Math.abs(polls.at(-1) - created - grace) < 0.01, `${polls.at(-1) - created}`);
    assert.equal(pollErrors.length, polls.length - 1);
    assert.equal(polls.length === 1, grace === 0);
  }
});

test("a batch that is not found right after its creation, or once in the middle, is watched to its end", async () => {
  const clock = fakeClock(created);
  const { retrieve } = server(clock, (age) => {
    if (age < 20 || (age > 200 && age < 230)) return httpError(404);
    return age < 500 ? running(Math.min(9, Math.floor(age / 50))) : completed;
  });
  const seen = collect(watchBatch(retrieve, { clock }));
  await clock.advance(3000);
  assert.equal(seen.error, undefined);
  assert.equal(seen.values.at(-1).view.outcome, "succeeded");
});

test("the grace counts from the first 404 in a row, whatever other errors are in between", async () => {
  const clock = fakeClock(created);
  const { polls, retrieve } = server(clock, (_, turn) =>
    turn === 2 ? running(1) : httpError(turn % 3 === 0 ? 503 : 404),
  );
  const seen = collect(watchBatch(retrieve, { clock, notFoundGrace: 30 }));
  await clock.advance(1000);
  assert.equal(seen.error?.status, 404);
  const first = polls[3];
  assert.ok(polls.at(-1) - first >= 30 && polls.at(-1) - first < 100, `${polls.map((at) => at - created)}`);
});

test("throws a RangeError for a grace below 0", async () => {
  for (const notFoundGrace of [-1, NaN]) {
    const seen = collect(watchBatch(async () => completed, { clock: fakeClock(created), notFoundGrace }));
    await seen.finished;
    assert.ok(seen.error instanceof RangeError);
    assert.match(seen.error.message, /^expected a number of at least 0, found (-1|NaN) at notFoundGrace$/);
  }
});

test("throws a BatchlightWatchError after three responses that are not a batch", async () => {
  const clock = fakeClock(created);
  const { polls, retrieve } = server(clock, () => ({ error: { message: "gone" } }));
  const seen = collect(watchBatch(retrieve, { clock }));
  await clock.advance(1000);
  assert.equal(polls.length, 3);
  const { error } = seen;
  assert.ok(isBatchlightWatchError(error));
  assert.equal(error.code, "not_a_batch");
  assert.deepEqual(error.response, { error: { message: "gone" } });
  assert.equal(error.message, "retrieve did not return a batch: expected a batch object, found an API error");
});

test("starts no poll after the signal aborts, and aborts the running one", async () => {
  const clock = fakeClock(created);
  const abort = new AbortController();
  let polls = 0;
  let abortReason;
  const retrieve = ({ signal }) => {
    polls++;
    if (polls === 1) return batchWith();
    return new Promise((_, reject) =>
      signal.addEventListener("abort", () => {
        abortReason = signal.reason;
        reject(signal.reason);
      }),
    );
  };
  const seen = collect(watchBatch(retrieve, { clock, signal: abort.signal }));
  await clock.advance(60);
  assert.equal(polls, 2);
  const reason = new Error("stopped by the test");
  abort.abort(reason);
  await clock.advance(10_000);
  assert.equal(polls, 2);
  assert.equal(abortReason, reason);
  assert.equal(seen.error, reason);
  assert.equal(clock.sleeping, 0);
});

test("leaving the loop stops polling and disconnects the webhook", async () => {
  const clock = fakeClock(created);
  let released = 0;
  let polls = 0;
  for await (const { view } of watchBatch(
    () => {
      polls++;
      return batchWith();
    },
    { clock, webhook: () => () => released++ },
  )) {
    assert.equal(view.status, "validating");
    break;
  }
  await clock.advance(10_000);
  assert.deepEqual([polls, released, clock.sleeping], [1, 1, 0]);
});

test("throws the reason of an aborted signal before the first poll", async () => {
  let polls = 0;
  const seen = collect(watchBatch(() => polls++, { signal: AbortSignal.abort(new Error("aborted before")) }));
  await seen.finished;
  assert.deepEqual([polls, seen.error.message], [0, "aborted before"]);
});

test("polls at once after a webhook event about the batch, and ignores an event about another batch", async () => {
  const clock = fakeClock(created + 100);
  const { polls, retrieve } = server(clock, (_, turn) => (turn === 1 ? running(3) : completed));
  const { webhook, pollNow } = manualWebhook();
  const seen = collect(watchBatch(retrieve, { clock, webhook }));
  await clock.advance(0.5);
  pollNow({ type: "batch.completed", data: { id: "batch_other" } });
  await clock.advance(0);
  assert.equal(polls.length, 1);
  pollNow({ type: "batch.completed", data: { id: "batch_1" } });
  await clock.advance(0);
  assert.equal(polls.length, 2);
  assert.equal(seen.done, true);
});

test("a webhook event does not shorten the server's Retry-After", async () => {
  const clock = fakeClock(created + 100);
  const { polls, retrieve } = server(clock, (_, turn) =>
    turn === 1 ? httpError(429, { "retry-after": "120" }) : completed,
  );
  const { webhook, pollNow } = manualWebhook();
  const seen = collect(watchBatch(retrieve, { clock, webhook }));
  await clock.advance(10);
  pollNow({ type: "batch.completed", data: { id: "batch_1" } });
  await clock.advance(109);
  assert.equal(polls.length, 1);
  await clock.advance(2);
  assert.deepEqual([polls.length, seen.done], [2, true]);
});

test("a webhook event ends the backoff after failures", async () => {
  const clock = fakeClock(created + 100);
  const { polls, retrieve } = server(clock, (_, turn) => (turn < 6 ? httpError(500) : completed));
  const { webhook, pollNow } = manualWebhook();
  const seen = collect(watchBatch(retrieve, { clock, webhook }));
  await clock.advance(40);
  assert.equal(polls.length, 5);
  pollNow();
  await clock.settle();
  assert.deepEqual([polls.length, seen.done], [6, true]);
});

test("a webhook event during a poll starts another poll after it, never at the same time", async () => {
  const clock = fakeClock(created + 100);
  let [polling, maxPolling, polls] = [0, 0, 0];
  /** @type {(event?: unknown) => void} */
  let pollNow;
  const responses = [];
  const retrieve = () =>
    new Promise((resolve) => {
      maxPolling = Math.max(maxPolling, ++polling);
      polls++;
      responses.push((batch) => {
        polling--;
        resolve(batch);
      });
    });
  const seen = collect(
    watchBatch(retrieve, {
      clock,
      webhook: (callback) => {
        pollNow = callback;
        return undefined;
      },
    }),
  );
  await clock.settle();
  pollNow();
  pollNow();
  await clock.settle();
  assert.equal(polls, 1);
  responses[0](running(3));
  await clock.settle();
  assert.equal(polls, 2);
  responses[1](completed);
  await clock.settle();
  assert.deepEqual([maxPolling, seen.done, seen.values.length], [1, true, 2]);
});

test("resumes from a saved snapshot", async () => {
  const clock = fakeClock(created + 100);
  const first = server(clock, () => running(3));
  const stop = new AbortController();
  const before = collect(watchBatch(first.retrieve, { clock, signal: stop.signal }));
  await clock.advance(30);
  stop.abort();
  const { batch, history } = before.values.at(-1);
  const saved = JSON.parse(JSON.stringify({ batch, history }));
  const second = server(clock, (_, turn) => (turn === 1 ? running(3) : completed));
  const seen = collect(watchBatch(second.retrieve, { clock, from: saved }));
  await clock.advance(2000);
  assert.deepEqual(
    seen.values.map(({ change }) => change.relation),
    ["advanced"],
    "the saved response yields no update",
  );
  assert.ok(seen.values[0].history.length > history.length);
});

test("uses a saved history without its batch for the first estimate", async () => {
  // 3 requests per second in the last samples, 1 on average since the start.
  const history = [1_000, 1_100, 1_200].map((later, turn) => ({
    at: created + later,
    completed: 300 * (turn + 1),
    failed: 0,
  }));
  const first = async (options) => {
    const clock = fakeClock(created + 1_300);
    const stop = new AbortController();
    const { retrieve } = server(clock, () =>
      batchWith({ status: "in_progress", in_progress_at: created + 5, ...counts(1_200, 0, 10_000) }),
    );
    const seen = collect(watchBatch(retrieve, { clock, signal: stop.signal, ...options }));
    await clock.settle();
    stop.abort();
    return seen.values[0];
  };
  const [without, remembered] = [await first({}), await first({ history })];
  assert.equal(without.history.length, 1);
  assert.deepEqual(remembered.history.slice(0, -1), history);
  assert.ok(
    remembered.view.timing.eta.earliestSeconds < without.view.timing.eta.earliestSeconds,
    JSON.stringify([without.view.timing, remembered.view.timing]),
  );
  assert.equal(remembered.change, undefined, "there is no earlier batch to compare with");
});

test("keeps at most 32 samples, among them the first", async () => {
  const clock = fakeClock(created + 100);
  const stop = new AbortController();
  const { retrieve } = server(clock, (age) =>
    batchWith({ status: "in_progress", in_progress_at: created + 5, ...counts(Math.floor(age), 0, 100_000) }),
  );
  const seen = collect(watchBatch(retrieve, { clock, signal: stop.signal }));
  await clock.advance(20_000);
  stop.abort();
  assert.ok(seen.values.length > 100);
  const { history } = seen.values.at(-1);
  assert.equal(history.length, 32);
  assert.equal(history[0].at, seen.values[0].at);
});

test("pauses while the page is hidden, and polls as soon as it is visible", async (t) => {
  const listeners = new Set();
  const page = {
    visibilityState: "hidden",
    addEventListener: (_, listener) => listeners.add(listener),
    removeEventListener: (_, listener) => listeners.delete(listener),
  };
  // @ts-expect-error: the part of a document that watchBatch uses
  globalThis.document = page;
  t.after(() => delete globalThis.document);
  const clock = fakeClock(created + 100);
  const { polls, retrieve } = server(clock, () => completed);
  const seen = collect(watchBatch(retrieve, { clock }));
  await clock.advance(500);
  assert.equal(polls.length, 0);
  page.visibilityState = "visible";
  for (const listener of listeners) listener();
  await clock.settle();
  assert.deepEqual([polls.length, seen.done, listeners.size], [1, true, 0]);
});

test("polls for a hidden page with visibility: false", async (t) => {
  // @ts-expect-error: the part of a document that watchBatch uses
  globalThis.document = { visibilityState: "hidden", addEventListener() {}, removeEventListener() {} };
  t.after(() => delete globalThis.document);
  const clock = fakeClock(created + 100);
  const { polls, retrieve } = server(clock, () => completed);
  collect(watchBatch(retrieve, { clock, visibility: false }));
  await clock.advance(1);
  assert.equal(polls.length, 1);
});
