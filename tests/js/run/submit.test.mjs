// The search for batches whose creation is uncertain, refused creations, and cancellations that fail.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cancelRun, planRun } from "batchlight/run";
import { OpenAI } from "openai7";
import { fileOf, listOf, memoryStore, runAll, server } from "./support.mjs";

const isCreate = (url, init) => init?.method?.toUpperCase() === "POST" && String(url).endsWith("/batches");
const isList = (url, init) => (init?.method ?? "GET").toUpperCase() === "GET" && /\/batches\?/.test(String(url));
const lostResponse = () => new TypeError("fetch failed");

/** A `fetch` that loses the response to the first creation. Lists are what `listed` returns, or those of the mock. */
function losing(mock, listed) {
  let creations = 0;
  let lists = 0;
  return async (url, init) => {
    if (isList(url, init)) {
      const response = await listed(lists++, url, init);
      if (response) return response;
    }
    const response = await mock.api.fetch(url, init);
    if (isCreate(url, init) && creations++ === 0) throw lostResponse();
    return response;
  };
}

const malformedPages = [
  {},
  "<html>",
  { data: { id: "batch_x" } },
  { data: [], has_more: true },
  { data: [{ object: "batch" }], has_more: true },
];

for (const connection of ["fetch", "client"])
  test(`a malformed list is requested again and does not count as an empty one, by ${connection}`, async () => {
    const mock = server();
    // The list stays malformed for longer than the batch is searched for.
    const fetch = losing(mock, (at) => at < 20 && Response.json(malformedPages[at % malformedPages.length]));
    const client = new OpenAI({ apiKey: "any", baseURL: "http://mock/v1", fetch: /** @type {any} */ (fetch) });
    const options = connection === "client" ? { client } : { fetch };
    const found = [];
    const onUpdate = (event) => event.type === "created" && found.push(event.found);
    assert.equal((await runAll(fileOf(2), mock, { ...options, onUpdate }).result).succeeded, 2);
    assert.deepEqual(found, [true]);
    assert.equal((await listOf(mock.api, "batches")).length, 1);
  });

test("a list that repeats its first page is not read as complete", async () => {
  const mock = server();
  const page = { data: [{ id: "batch_other", created_at: mock.time.now() }], has_more: true };
  const fetch = losing(mock, (at) => at < 20 && Response.json(page));
  assert.equal((await runAll(fileOf(2), mock, { fetch }).result).succeeded, 2);
  assert.equal((await listOf(mock.api, "batches")).length, 1);
});

test("a clock that jumps forward does not shorten the search", async () => {
  const mock = server();
  // The list is older than the batch for a while.
  const fetch = losing(mock, (at) => {
    if (at === 0) mock.time.advance(3600);
    return at < 4 && Response.json({ data: [], has_more: false });
  });
  assert.equal((await runAll(fileOf(2), mock, { fetch }).result).succeeded, 2);
  assert.equal((await listOf(mock.api, "batches")).length, 1);
});

test("a copy on the next page is cancelled", async () => {
  const mock = server();
  let creations = 0;
  const fetch = async (url, init) => {
    if (isList(url, init)) {
      const { searchParams } = new URL(url);
      searchParams.set("limit", "1");
      return mock.api.fetch(`http://mock/v1/batches?${searchParams}`, init);
    }
    if (!isCreate(url, init) || creations++ > 0) return mock.api.fetch(url, init);
    await mock.api.fetch(url, init);
    await mock.api.fetch(url, init);
    throw lostResponse();
  };
  const result = await runAll(fileOf(2), mock, { fetch }).result;
  const [copy, first] = await listOf(mock.api, "batches");
  assert.deepEqual(result.shards[0].batches, [first.id]);
  assert.match(copy.status, /^cancel/);
});

/** A store whose run has one batch of which it does not know whether it was created. */
async function uncertain(mock) {
  const store = memoryStore();
  const controller = new AbortController();
  const onUpdate = (event) => event.type === "waiting" && controller.abort(new Error("detached"));
  const fetch = losing(mock, () => Response.json({ data: [], has_more: false }));
  await assert.rejects(runAll(fileOf(2), mock, { fetch, store, signal: controller.signal, onUpdate }).result);
  return store;
}

test("a run that ends now searches once and decides nothing", async () => {
  const mock = server();
  const store = await uncertain(mock);
  const start = mock.time.now();
  const fetch = losing(mock, (at) => at === 0 && Response.json({ data: [], has_more: false }));
  const looked = await runAll(undefined, mock, { store, fetch, until: "now" }).result;
  assert.deepEqual([looked.shards[0].next, mock.time.now() - start], ["find", 0]);
  const next = await runAll(undefined, mock, { store, until: "now" }).result;
  assert.equal(next.shards[0].next, "follow");
});

test("pauses grow while the creation of a batch is refused", async () => {
  const mock = server();
  let refused = 0;
  const fetch = async (url, init) =>
    isCreate(url, init) && refused++ < 4
      ? Response.json({ error: { message: "slow down" } }, { status: 429 })
      : mock.api.fetch(url, init);
  const seconds = [];
  const onUpdate = (event) => event.type === "waiting" && seconds.push(event.seconds);
  assert.equal((await runAll(fileOf(2), mock, { fetch, onUpdate }).result).succeeded, 2);
  assert.deepEqual(seconds, [2, 4, 8, 16]);
});

test("a cancellation that fails does not keep the other batches from being cancelled", async () => {
  const mock = server({ plan: { runSeconds: 7200 } });
  const store = memoryStore();
  await runAll(fileOf(6), mock, { store, limits: { requests: 2 }, until: "submitted" }).result;
  await mock.api.moveClock(3600);
  const [{ id: broken }] = await listOf(mock.api, "batches");
  let failures = Infinity;
  const fetch = async (url, init) =>
    String(url).endsWith(`/${broken}/cancel`) && failures-- > 0
      ? Response.json({ error: { message: "broken" } }, { status: 500 })
      : mock.api.fetch(url, init);
  const options = { apiKey: "any", baseURL: "http://mock/v1", fetch, store, clock: mock.clock };
  const error = await cancelRun(options).catch((caught) => caught);
  assert.equal(error.code, "refused");
  assert.match(error.message, /^1 batch was not cancelled: 500 broken; cancel the run again$/);
  const statuses = (await listOf(mock.api, "batches")).map(({ status }) => status);
  assert.equal(statuses.filter((status) => status.startsWith("cancel")).length, 2);
  // A temporary failure is retried.
  failures = 2;
  assert.ok((await cancelRun(options)).cancelling.includes(broken));
});

test("known batches are cancelled before uncertain ones are searched for", async () => {
  const mock = server();
  const store = await uncertain(mock);
  const order = [];
  const fetch = async (url, init) => {
    order.push(`${init?.method ?? "GET"} ${new URL(url).pathname.replace(/batch_\w+/, "ID")}`);
    return mock.api.fetch(url, init);
  };
  const connection = { apiKey: "any", baseURL: "http://mock/v1", fetch, store, clock: mock.clock };
  const { cancelling } = await cancelRun(connection);
  assert.equal(cancelling.length, 1);
  assert.deepEqual(order, ["GET /v1/batches", "POST /v1/batches/ID/cancel"]);
  await assert.rejects(cancelRun({ store }), TypeError);
});

test("nothing is recorded after the lock is released, also if the program's own callback throws", async () => {
  const mock = server();
  const store = memoryStore();
  let isReleased = false;
  const late = [];
  const watched = {
    ...store,
    lock: async () => {
      const release = await store.lock();
      return () => {
        isReleased = true;
        return release();
      };
    },
    append: (line) => {
      if (isReleased) late.push(line);
      return store.append(line);
    },
  };
  const onUpdate = (event) => {
    if (event.type === "waiting" && event.reason === "queue") throw new Error("callback");
  };
  // The second shard waits while the batch of the first one is created.
  const { shards } = await planRun(fileOf(10));
  const options = { limits: { queueTokens: Math.ceil(shards[0].tokens / 2) + 2 }, store: watched, onUpdate };
  await assert.rejects(runAll(fileOf(10), mock, options).result, /callback/);
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(late, []);
});
