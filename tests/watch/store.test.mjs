// The stores of batchlight/store: one loop for everybody who asks for a batch, from the first subscriber to the last.
import assert from "node:assert/strict";
import { test } from "node:test";
import { batchRefetchInterval, createBatchesStore, createBatchStore } from "batchlight/store";
import { batchWith, created, settle } from "../js/support.mjs";
import { fakeClock } from "./fake-clock.mjs";

const running = (completed, id = "batch_1") =>
  batchWith({
    id,
    status: "in_progress",
    in_progress_at: created + 5,
    request_counts: { completed, failed: 0, total: 9 },
  });
const ended = (id = "batch_1") =>
  batchWith({
    id,
    status: "completed",
    in_progress_at: created + 5,
    finalizing_at: created + 20,
    completed_at: created + 21,
    output_file_id: "file-2",
    request_counts: { completed: 9, failed: 0, total: 9 },
  });
const httpError = (status) => Object.assign(new Error(`status ${status}`), { status });

/** A server that counts its requests, whose response a test sets. An error is thrown. */
function server(response) {
  const state = { response, requests: [], signals: [] };
  const retrieve = async (id, { signal }) => {
    state.requests.push(id);
    state.signals.push(signal);
    const given = typeof state.response === "function" ? state.response(id) : state.response;
    if (given instanceof Error) throw given;
    return given;
  };
  return Object.assign(state, { retrieve });
}

/** Subscribes to a store and collects its states. */
function follow(store) {
  const states = [];
  const unsubscribe = store.subscribe((state) => states.push(state));
  return { states, unsubscribe };
}

test("a store calls its listener at once, and polls from the first subscriber to the last", async () => {
  const clock = fakeClock(created + 10);
  const api = server(running(1));
  const store = createBatchStore("batch_1", api.retrieve, { clock });
  assert.deepEqual(store.get(), { batch: undefined, view: undefined, history: [], watching: true, error: undefined });
  assert.equal(store.get(), store.initial);
  await settle();
  assert.equal(api.requests.length, 0, "nobody is subscribed");

  const { states, unsubscribe } = follow(store);
  assert.deepEqual(states, [store.initial]);
  await clock.settle();
  assert.equal(states.length, 2);
  assert.equal(store.get(), states[1]);
  assert.equal(states[1].batch, api.response);
  assert.equal(states[1].view.progress.completed, 1);
  assert.equal(states[1].history.length, 1);

  api.response = ended();
  await clock.advance(600);
  assert.equal(store.get().view.outcome, "succeeded");
  assert.equal(store.get().watching, false);
  const { length } = api.requests;
  await clock.advance(3600);
  assert.equal(api.requests.length, length, "an ended batch is not polled");
  unsubscribe();
  assert.equal(store.get().view.outcome, "succeeded", "the last state stays");
});

test("stores of one id share a loop; another subscription at the same moment starts nothing new", async () => {
  const clock = fakeClock(created + 10);
  const api = server(running(1));
  const stores = [1, 2, 3].map(() => createBatchStore("batch_1", api.retrieve, { clock }));
  // As React's strict mode does.
  follow(stores[0]).unsubscribe();
  const followed = stores.map(follow);
  await clock.settle();
  assert.equal(api.requests.length, 1);
  assert.equal(new Set(stores.map((store) => store.get())).size, 1, "one object for all");

  for (const { unsubscribe } of followed.slice(1)) unsubscribe();
  await clock.advance(120);
  assert.ok(api.requests.length > 1, "the first subscriber still watches");
  const { length } = api.requests;
  followed[0].unsubscribe();
  followed[0].unsubscribe();
  // The next page shows the batch as well.
  const next = follow(createBatchStore("batch_1", api.retrieve, { clock }));
  assert.equal(next.states[0].batch, api.response, "it begins with what is known");
  await clock.settle();
  assert.equal(api.signals.at(-1).aborted, false);
  next.unsubscribe();
  await settle();
  assert.equal(api.signals.at(-1).aborted, true, "the last one ends the loop");
  await clock.advance(3600);
  assert.equal(api.requests.length, length);
  assert.equal(clock.sleeping, 0);
});

test("a store that is subscribed to again continues with its batch", async () => {
  const clock = fakeClock(created + 10);
  const api = server(running(1));
  const store = createBatchStore("batch_1", api.retrieve, { clock });
  const first = follow(store);
  await clock.settle();
  first.unsubscribe();
  await settle();
  api.response = running(2);
  const second = follow(store);
  assert.equal(second.states[0].view.progress.completed, 1);
  await clock.settle();
  assert.equal(store.get().view.progress.completed, 2);
  assert.equal(store.get().history.length, 2);
  second.unsubscribe();
});

test("an initial batch is described for the time given; one that has ended is not polled", async () => {
  const clock = fakeClock(created + 10);
  const api = server(ended());
  const store = createBatchStore("batch_1", api.retrieve, { clock, initial: ended(), now: created + 100 });
  assert.equal(store.initial.view.outcome, "succeeded");
  assert.equal(store.initial.watching, false);
  const { unsubscribe } = follow(store);
  await clock.advance(3600);
  assert.equal(api.requests.length, 0);
  unsubscribe();

  const early = createBatchStore("batch_1", api.retrieve, { clock, initial: running(1), now: created + 65 });
  const late = createBatchStore("batch_1", api.retrieve, { clock, initial: running(1), now: created + 125 });
  assert.notEqual(early.initial.view.timing.elapsed, late.initial.view.timing.elapsed);
  const open = follow(late);
  await clock.settle();
  assert.equal(late.get().view.outcome, "succeeded");
  assert.equal(late.initial.view.status, "in_progress", "the first state is kept for hydration");
  open.unsubscribe();
});

test("a store without an id watches nothing", async () => {
  const api = server(running(1));
  const { states, unsubscribe } = follow(createBatchStore(undefined, api.retrieve));
  await settle();
  assert.equal(states.length, 1);
  assert.equal(states[0].watching, false);
  assert.equal(api.requests.length, 0);
  unsubscribe();
});

test("an error is reported while the poll is retried, until the next response, even an unchanged one", async () => {
  const clock = fakeClock(created + 10);
  const api = server(running(1));
  const errors = [];
  const store = createBatchStore("batch_1", api.retrieve, { clock, onError: ({ failures }) => errors.push(failures) });
  const { unsubscribe } = follow(store);
  await clock.settle();
  const known = api.response;
  api.response = httpError(500);
  await clock.advance(60);
  assert.equal(store.get().error, api.response);
  assert.equal(store.get().watching, true);
  assert.equal(store.get().batch, known, "the last batch stays");
  assert.equal(errors[0], 1);
  api.response = running(1);
  await clock.advance(600);
  assert.equal(store.get().error, undefined);
  unsubscribe();
});

test("a permanent error ends the polling, and pollNow starts it again", async () => {
  const clock = fakeClock(created + 10);
  const api = server(httpError(403));
  const store = createBatchStore("batch_1", api.retrieve, { clock });
  const { unsubscribe } = follow(store);
  await clock.advance(600);
  assert.equal(api.requests.length, 1);
  assert.equal(store.get().watching, false);
  assert.equal(store.get().error, api.response);
  api.response = running(3);
  store.pollNow();
  await clock.settle();
  assert.equal(store.get().view.progress.completed, 3);
  assert.equal(store.get().watching, true);
  assert.equal(store.get().error, undefined);

  const { length } = api.requests;
  store.pollNow();
  await clock.settle();
  assert.equal(api.requests.length, length + 1, "pollNow does not wait for the interval");
  unsubscribe();
});

test("several batches: in the order of the ids, each with its own errors, and none twice at once", async () => {
  const clock = fakeClock(created + 10);
  const api = server((id) => (id === "gone" ? httpError(403) : id === "a" ? running(1, id) : ended(id)));
  const store = createBatchesStore(["a", "gone", "b", "a"], api.retrieve, { clock });
  assert.equal(store.get().batches, undefined);
  assert.equal(store.get(), store.get(), "the same object until something changes");
  const { states, unsubscribe } = follow(store);
  const single = follow(createBatchStore("a", api.retrieve, { clock }));
  await clock.settle();
  assert.deepEqual(api.requests.toSorted(), ["a", "b", "gone"]);
  assert.deepEqual(
    store.get().batches.map(({ id }) => id),
    ["a", "b"],
  );
  assert.deepEqual(store.get().error, httpError(403));
  assert.equal(store.get().states.get("a"), single.states.at(-1));
  assert.equal(store.get().states.get("b").watching, false);
  assert.equal(store.get().watching, true);
  assert.equal(states.at(-1), store.get());
  for (const end of [unsubscribe, single.unsubscribe]) end();
  await clock.advance(600);
  assert.equal(clock.sleeping, 0);
});

test("several batches that are known already: only those that run are polled", async () => {
  const clock = fakeClock(created + 10);
  const api = server((id) => running(2, id));
  const initial = [ended("b"), running(1, "a")];
  const store = createBatchesStore(["a", "b", "c"], api.retrieve, { clock, initial });
  assert.deepEqual(store.initial.batches, [initial[1], initial[0]]);
  const { unsubscribe } = follow(store);
  await clock.settle();
  assert.deepEqual(api.requests, ["a", "c"]);
  assert.equal(store.get().batches.length, 3);
  unsubscribe();
});

test("all batches of a page share one limit of requests", async () => {
  const clock = fakeClock(created + 10);
  const waiting = [];
  const requests = [];
  const retrieve = (id) => {
    requests.push(clock.now());
    return new Promise((resolve) => waiting.push(() => resolve(ended(id))));
  };
  const ids = Array.from({ length: 100 }, (_, index) => `batch_${index}`);
  const followed = ids.map((id) => follow(createBatchStore(id, retrieve, { clock })));
  await clock.settle();
  assert.equal(requests.length, 4, "at most four at the same time");
  for (let minute = 0; minute < 3; minute++)
    for (let second = 0; second < 60; second++) {
      for (const response of waiting.splice(0)) response();
      await clock.advance(1);
    }
  for (const response of waiting.splice(0)) response();
  await clock.settle();
  assert.equal(requests.length, 100);
  for (const start of requests)
    assert.ok(requests.filter((each) => each >= start && each < start + 60).length <= 60, "60 in any minute");
  for (const { unsubscribe } of followed) unsubscribe();
});

test("batchRefetchInterval is TanStack Query's refetchInterval for a batch, an array and a page", () => {
  const of = (data) => batchRefetchInterval({ state: { data } });
  const later = { ...running(1), created_at: Math.floor(Date.now() / 1000) };
  assert.equal(of(undefined), false);
  assert.equal(of(ended()), false);
  assert.equal(of([ended(), ended("b")]), false);
  assert.equal(of([]), false);
  const interval = Number(of(later));
  assert.ok(interval >= 1000 && interval <= 600_000, `${interval}`);
  assert.equal(of([ended(), later]), interval);
  assert.equal(of({ object: "list", data: [later, ended()] }), interval);
});
