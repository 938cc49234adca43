// Runs that are interrupted, detached, cancelled or disturbed, and what a second call makes of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cancelRun, runStatus } from "batchlight/run";
import { billed, fileOf, listOf, memoryStore, resultsOf, runAll, server } from "./support.mjs";

/** The process ends here: nothing that it does afterwards has an effect. */
class Crash extends Error {}

/**
 * A store and a `fetch` that crash at an operation, before or after its effect. From then on, nothing is written and no
 * answer arrives.
 */
function crashing(mock, store, at, moment) {
  let operations = 0;
  let isDead = false;
  const dead = () => new Promise(() => undefined);
  let crash;
  const crashed = new Promise((_, reject) => {
    crash = () => {
      isDead = true;
      reject(new Crash());
    };
  });
  crashed.catch(() => undefined);
  const effect = async (work) => {
    if (isDead) return dead();
    const isNow = operations++ === at;
    if (isNow && moment === "before") {
      crash();
      return dead();
    }
    const result = await work();
    if (isNow) crash();
    return isDead ? dead() : result;
  };
  return {
    crashed,
    fetch: (url, init) => effect(() => mock.api.fetch(url, init)),
    store: {
      ...store,
      // The lock of a process that ended is free.
      lock: async () => async () => undefined,
      append: (line) => effect(() => store.append(line)),
      write: (name, content) => effect(() => store.write(name, content)),
    },
    get operations() {
      return operations;
    },
  };
}

/** One request fails once, so that there is a second attempt. */
function failingOnce() {
  const failed = new Set();
  return ({ custom_id }) => {
    if (custom_id !== "q-1" || failed.has(custom_id)) return undefined;
    failed.add(custom_id);
    return { status: 500 };
  };
}

test("a crash at any operation, before or after its effect, runs no request twice and loses no result", async () => {
  let crashes = 0;
  for (const moment of ["before", "after"])
    for (let at = 0; ; at++) {
      const mock = server({ responder: failingOnce() });
      const store = memoryStore();
      const broken = crashing(mock, store, at, moment);
      const first = runAll(fileOf(2), mock, { fetch: broken.fetch, store: broken.store });
      const ended = await Promise.race([first.result, broken.crashed]).catch((error) => error);
      if (!(ended instanceof Crash)) {
        assert.equal(ended.succeeded, 2);
        break;
      }
      crashes++;
      const where = `crash ${moment} operation ${at}`;
      const result = await runAll(fileOf(2), mock, { store }).result;
      assert.deepEqual([result.complete, result.succeeded], [true, 2], where);
      assert.deepEqual(
        (await resultsOf(result)).map(({ custom_id }) => custom_id),
        ["q-0", "q-1"],
        where,
      );
      const runs = Object.fromEntries(await billed(mock.api));
      assert.deepEqual(runs, { "q-0": 1, "q-1": 2 }, where);
      const keys = (await listOf(mock.api, "batches")).map(({ metadata }) => metadata.batchlight_run);
      assert.equal(new Set(keys).size, keys.length, where);
    }
  assert.ok(crashes > 40, `${crashes} crashes`);
});

test("answers to the creation that are lost, and lists that are old, do not lead to a second batch", async () => {
  const mock = server({ faults: { stale: 0.3 } });
  let lost = 0;
  const fetch = async (url, init) => {
    const response = await mock.api.fetch(url, init);
    if (init?.method === "POST" && String(url).endsWith("/batches") && lost++ < 3) throw new TypeError("fetch failed");
    return response;
  };
  const found = [];
  const result = await runAll(fileOf(9), mock, {
    limits: { requests: 3 },
    fetch,
    onUpdate: (event) => event.type === "created" && found.push(event.found),
  }).result;
  assert.deepEqual(found, [true, true, true]);
  assert.equal(result.succeeded, 9);
  assert.ok([...(await billed(mock.api)).values()].every((count) => count === 1));
});

test("a creation that a proxy sent twice leaves one batch", async () => {
  const mock = server();
  let sent = 0;
  const fetch = async (url, init) => {
    if (init?.method !== "POST" || !String(url).endsWith("/batches") || sent++ > 0) return mock.api.fetch(url, init);
    await mock.api.fetch(url, init);
    await mock.api.fetch(url, init);
    throw new TypeError("fetch failed");
  };
  const result = await runAll(fileOf(2), mock, { fetch }).result;
  assert.equal(result.succeeded, 2);
  const [copy, first] = await listOf(mock.api, "batches");
  assert.deepEqual(result.shards[0].batches, [first.id]);
  assert.match(copy.status, /^cancel/);
});

test("a creation that never reached the server is sent again after two minutes of looking", async () => {
  const mock = server();
  let lost = 0;
  const fetch = async (url, init) => {
    if (init?.method === "POST" && String(url).endsWith("/batches") && lost++ === 0)
      throw new TypeError("fetch failed");
    return mock.api.fetch(url, init);
  };
  const start = mock.time.now();
  let created = 0;
  const onUpdate = (event) => {
    if (event.type === "created") created = mock.time.now();
  };
  assert.equal((await runAll(fileOf(2), mock, { fetch, onUpdate }).result).succeeded, 2);
  assert.ok(created - start >= 120, `${created - start} s`);
  assert.equal((await listOf(mock.api, "batches")).length, 1);
});

test("an aborted run continues, and the batches go on meanwhile", async () => {
  const mock = server();
  const store = memoryStore();
  const controller = new AbortController();
  const run = runAll(fileOf(4), mock, {
    store,
    signal: controller.signal,
    onUpdate: (event) => event.type === "update" && controller.abort(new Error("enough")),
  });
  await assert.rejects(run.result, /enough/);
  assert.equal((await runStatus({ store })).shards[0].next, "follow");
  assert.equal((await runAll(undefined, mock, { store }).result).succeeded, 4);
  assert.equal((await listOf(mock.api, "batches")).length, 1);
});

test("a run ends with its batches submitted, looks at them once, and goes on to its results", async () => {
  const mock = server();
  const store = memoryStore();
  const submitted = await runAll(fileOf(4), mock, { store, limits: { requests: 2 }, until: "submitted" }).result;
  assert.deepEqual([submitted.complete, submitted.missing], [false, 4]);
  assert.deepEqual(
    submitted.shards.map(({ next }) => next),
    ["follow", "follow"],
  );
  const looked = await runAll(undefined, mock, { store, until: "now" }).result;
  assert.equal(looked.complete, false);
  await mock.api.moveClock(24 * 3600);
  const seen = await runAll(undefined, mock, { store, until: "now" }).result;
  assert.deepEqual([seen.complete, seen.succeeded], [true, 4]);
});

test("a cancelled run sends nothing more and keeps what had finished", async () => {
  const mock = server({ plan: { runSeconds: 7200 } });
  const store = memoryStore();
  const connection = { apiKey: "any", baseURL: "http://mock/v1", fetch: mock.api.fetch, store };
  await runAll(fileOf(20), mock, { store, until: "submitted" }).result;
  await mock.api.moveClock(3600);
  const { cancelling, cancelled } = await cancelRun({ ...connection, clock: mock.clock });
  assert.deepEqual([cancelling.length, cancelled], [1, true]);
  const result = await runAll(undefined, mock, { store }).result;
  assert.equal(result.complete, true);
  assert.ok(result.succeeded > 0 && result.succeeded < 20, `${result.succeeded}`);
  assert.equal(result.succeeded + result.failed + result.missing, 20);
  assert.equal((await listOf(mock.api, "batches")).length, 1);
});

test("what somebody else cancelled is sent again only if asked", async () => {
  for (const retryCancelled of [false, true]) {
    const mock = server({ plan: { runSeconds: 7200 } });
    const store = memoryStore();
    await runAll(fileOf(20), mock, { store, retryCancelled, until: "submitted" }).result;
    await mock.api.moveClock(3600);
    const [{ id }] = await listOf(mock.api, "batches");
    const headers = { authorization: "Bearer any" };
    await mock.api.fetch(`http://mock/v1/batches/${id}/cancel`, { method: "POST", headers });
    const result = await runAll(undefined, mock, { store }).result;
    assert.equal(result.succeeded === 20, retryCancelled);
    assert.equal((await listOf(mock.api, "batches")).length, retryCancelled ? 2 : 1);
  }
});

test("another file, a second run at the same time and a damaged journal are errors that say what to do", async () => {
  const mock = server();
  const store = memoryStore();
  const codeOf = (run) =>
    run.result.then(
      () => "none",
      (error) => error.code,
    );
  const first = runAll(fileOf(2), mock, { store });
  assert.equal(await codeOf(runAll(fileOf(2), mock, { store })), "in_use");
  await first.result;
  assert.equal(await codeOf(runAll(fileOf(3), mock, { store })), "input_changed");
  assert.equal(await codeOf(runAll(undefined, mock, { store: memoryStore() })), "no_run");
  await store.append('{"record":"uploaded","shard":0,"attempt":1,"fileId":"file-x"}\n');
  assert.equal(await codeOf(runAll(fileOf(2), mock, { store })), "damaged_journal");
});

test("a network that is cut twice is waited for", async () => {
  const mock = server();
  let requests = 0;
  const fetch = (url, init) => {
    requests++;
    const isCut = (requests > 3 && requests < 12) || (requests > 16 && requests < 26);
    return isCut ? Promise.reject(new TypeError("fetch failed")) : mock.api.fetch(url, init);
  };
  const result = await runAll(fileOf(6), mock, { fetch, limits: { requests: 3 } }).result;
  assert.equal(result.succeeded, 6);
  assert.ok(requests > 26);
  assert.ok([...(await billed(mock.api)).values()].every((count) => count === 1));
});
