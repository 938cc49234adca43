// A batch whose results cannot be written fails without affecting others.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compareBatches, safeParseBatch } from "batchlight";
import { input, line, memory, mock, quick } from "./support.mjs";

const embedding = (id, body) => line(id, { url: "/v1/embeddings", body: { model: "text-embedding-3-small", ...body } });
const embeddings = { endpoint: "/v1/embeddings", plan: quick };

/**
 * Asserts that a batch failed because of its results: it is valid, has no files, and is newer than the earlier state.
 */
function hasFailed(before, batch, reason) {
  assert.equal(batch.status, "failed", JSON.stringify(batch.errors));
  assert.deepEqual([batch.output_file_id, batch.error_file_id], [null, null]);
  assert.match(batch.errors.data[0].message, reason);
  assert.ok(safeParseBatch(batch).success);
  assert.equal(compareBatches(before, batch).relation, "advanced");
}

/** A batch with about 70 kB of results. */
/** @type {[string, Record<string, unknown>]} */
const large = [input(4, (id) => embedding(id, { input: "hi", dimensions: 1536 })), embeddings];
const tooLarge = /^simulated: results could not be written: expected at most 50000 bytes$/;

test("a batch whose results cannot be written fails without affecting others, also after a restart", async () => {
  const { store, kept } = memory();
  store.write = async (key, chunks) => {
    const parts = [];
    for await (const chunk of chunks) parts.push(chunk);
    const content = new Blob(parts);
    kept.set(key, content);
    return content;
  };
  const lines = [];
  const first = mock({ store, maxBytes: 50_000, log: (text) => lines.push(text) });
  const bad = await first.create(...large);
  const good = await first.create(input(3), { plan: quick });
  first.clock.advance(109);
  const { body: before } = await first.get(`batches/${bad.id}`);
  first.clock.advance(600);
  hasFailed(before, (await first.get(`batches/${bad.id}`)).body, tooLarge);
  assert.equal((await first.get(`batches/${good.id}`)).body.status, "completed");
  assert.deepEqual(lines, [`${bad.id} failed: results could not be written: expected at most 50000 bytes`]);
  const second = mock({ store, log: assert.fail });
  second.clock.advance(1000);
  hasFailed(before, (await second.get(`batches/${bad.id}`)).body, tooLarge);
  assert.equal((await second.get(`batches/${good.id}`)).body.status, "completed");
  assert.equal((await second.get("batches")).body.data.length, 2);
  // No partial result remains.
  assert.equal([...kept.keys()].filter((key) => key.startsWith("content/")).length, 3);
});

test("a cancelled or expired batch whose results cannot be written fails too", async () => {
  const { create, clock, get, post } = mock({ maxBytes: 50_000, log: () => undefined });
  const slow = { ...embeddings, plan: { ...quick, finalizingSeconds: 100 } };
  const { id } = await create(large[0], slow);
  const expiring = await create(large[0], { ...embeddings, plan: { runSeconds: 86_500 } });
  clock.advance(115);
  const { body: before } = await post(`batches/${id}/cancel`);
  assert.equal(before.status, "cancelling");
  clock.advance(600);
  hasFailed(before, (await get(`batches/${id}`)).body, tooLarge);
  clock.advance(90_000);
  hasFailed(expiring, (await get(`batches/${expiring.id}`)).body, tooLarge);
});

test("a request that is nested too deep to be written fails its batch and blocks no other", async () => {
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  const plain = line("a", { url: "/v1/responses", body: { model: "gpt-5.4-mini", input: "hi" } });
  const { create, clock, get } = mock();
  const others = { endpoint: "/v1/responses", plan: quick };
  for (const text of [
    `${plain.slice(0, -2)},"tools":${deep}}}\n`,
    `${plain}\n${plain.replace('"a"', '"b"').slice(0, -2)},"tools":${deep}}}\n`,
  ]) {
    const bad = await create(text, others);
    const good = await create(`${plain}\n`, others);
    clock.advance(2000);
    const { body } = await get(`batches/${bad.id}`);
    assert.deepEqual([body.status, body.errors.data.length], ["failed", 1]);
    assert.equal((await get(`batches/${good.id}`)).body.status, "completed");
  }
});

test("a response of a responder that is not JSON fails its request, not the batch", async () => {
  const circle = {};
  circle.self = circle;
  const bodies = [{ n: 1n }, circle, { fine: true }];
  const { create, clock, get, text } = mock({ responder: ({ index }) => ({ body: bodies[index] }) });
  const { id } = await create(input(3), { plan: quick });
  clock.advance(600);
  const { body } = await get(`batches/${id}`);
  assert.deepEqual([body.status, body.request_counts.failed], ["completed", 2]);
  assert.match(await text(body.error_file_id), /serialize a BigInt/);
});

test("a missing input file fails its batch", async () => {
  const { store, kept } = memory();
  const { id, input_file_id } = await mock({ store }).create(input(3), { plan: quick });
  kept.delete(`content/${input_file_id}`);
  const { clock, get } = mock({ store, log: () => undefined });
  clock.advance(600);
  const { body } = await get(`batches/${id}`);
  assert.equal(body.status, "failed");
  assert.match(body.errors.data[0].message, /the input file no longer exists$/);
});

test("simulated results are limited: three lines cannot request gigabytes", async () => {
  const { store } = memory();
  let written = 0;
  let longest = 0;
  store.write = async (key, chunks) => {
    const kept = [];
    for await (const chunk of chunks) {
      if (!key.includes("input")) written += chunk.length;
      longest = Math.max(longest, chunk.length);
      kept.push(chunk);
    }
    return new Blob(kept);
  };
  const { create, clock, get, api } = mock({ store, maxBytes: 4 << 20, log: () => undefined });
  const many = Array.from({ length: 2048 }, () => "x");
  const text = input(3, (id) => embedding(id, { input: many, dimensions: 8192 }));
  const batch = await create(text, embeddings);
  written = 0;
  clock.advance(600);
  await api.runDue();
  hasFailed(batch, (await get(`batches/${batch.id}`)).body, /expected at most 4194304 bytes$/);
  assert.ok(written <= 4 << 20, `${written} bytes were written`);
  assert.ok(longest <= 1 << 20, `a chunk had ${longest} bytes`);
});

test("results in memory count together with all other files", async () => {
  const { create, clock, get, upload, send } = mock({ maxBytes: 300_000, log: () => undefined });
  const { body: other } = await upload("x".repeat(200_000), { purpose: "user_data" });
  const batch = await create(
    input(10, (id) => embedding(id, { input: "hi", dimensions: 1536 })),
    embeddings,
  );
  clock.advance(600);
  hasFailed(batch, (await get(`batches/${batch.id}`)).body, /files in memory would exceed 300000 bytes/);
  // Memory of aborted results and deleted files is released.
  await send("DELETE", `files/${other.id}`);
  assert.equal((await upload("x".repeat(250_000), { purpose: "user_data" })).status, 200);
});

test("an embedding has the requested length, up to 4,096 numbers", async () => {
  const { create, clock, get, text, api } = mock();
  const asked = [1, 1536, 8192, -1, 0.5];
  const lines = asked.map((dimensions) => embedding(`${dimensions}`, { input: "hi", dimensions }));
  const { id } = await create(`${lines.slice(0, 3).join("\n")}\n`, embeddings);
  clock.advance(600);
  await api.runDue();
  const { body } = await get(`batches/${id}`);
  const lengths = Object.fromEntries(
    (await text(body.output_file_id))
      .trimEnd()
      .split("\n")
      .map((each) => JSON.parse(each))
      .map(({ custom_id, response }) => [custom_id, response.body.data[0].embedding.length]),
  );
  assert.deepEqual(lengths, { 1: 1, 1536: 1536, 8192: 4096 });
});

test("while long results are written, requests get responses and the batch is finalizing", async () => {
  const { store } = memory();
  /** @type {() => void} */
  let open;
  const gate = new Promise((resolve) => (open = () => resolve(undefined)));
  store.write = async (_key, chunks) => {
    const kept = [];
    let size = 0;
    for await (const chunk of chunks) {
      kept.push(chunk);
      // More than a request waits for.
      size += chunk.length;
      if (size > 10 << 20) await gate;
    }
    return new Blob(kept);
  };
  const { create, clock, get, api } = mock({ store });
  const long = await create(
    input(4, (id) => embedding(id, { input: Array.from({ length: 300 }, () => "x"), dimensions: 1536 })),
    embeddings,
  );
  clock.advance(109);
  const { body: before } = await get(`batches/${long.id}`);
  clock.advance(600);
  const { body: while_ } = await get(`batches/${long.id}`);
  assert.deepEqual([while_.status, while_.output_file_id], ["finalizing", null]);
  assert.deepEqual((await get("batches")).body.data, [while_]);
  assert.notEqual(compareBatches(before, while_).relation, "stale");
  const other = await create(input(1), { plan: quick });
  assert.equal(other.status, "validating");
  open();
  await api.runDue();
  assert.equal((await get(`batches/${long.id}`)).body.status, "completed");
});

test("a failing store is retried while results are written, and the batch ends afterwards", async () => {
  for (const failing of ["content/", "file/", "batch/"]) {
    const { store, kept } = memory();
    const lines = [];
    let fails = false;
    const set = async (key, value) => {
      if (fails && key.startsWith(failing)) throw new Error("no space left on the disk");
      return store.set(key, value);
    };
    const { create, clock, get, api, text } = mock({ store: { ...store, set }, log: (line) => lines.push(line) });
    const { id } = await create(input(3), { plan: quick });
    fails = true;
    clock.advance(600);
    for (let turn = 0; turn < 2; turn++) {
      const { status, body } = await get(`batches/${id}`);
      assert.deepEqual([status, body.status], [200, "finalizing"], failing);
      assert.equal((await get("files")).status, 200);
    }
    assert.deepEqual(lines, [`${id} could not be finished and will be retried: no space left on the disk`]);
    fails = false;
    await api.runDue();
    const { body } = await get(`batches/${id}`);
    assert.equal(body.status, "completed");
    assert.equal((await text(body.output_file_id)).trimEnd().split("\n").length, 3);
    assert.ok(kept.has(`file/${body.output_file_id}`));
  }
});

test("a listed result file keeps its content if a later attempt to write it fails", async () => {
  const { store } = memory();
  let failing = "nothing";
  const set = async (key, value) => {
    if (key.startsWith(failing)) throw new Error("no space left on the disk");
    return store.set(key, value);
  };
  const { create, clock, get, api, text } = mock({ store: { ...store, set }, log: () => undefined });
  await create(input(3), { plan: quick });
  const contents = async () => {
    const { data } = (await get("files")).body;
    return Promise.all(data.map(async ({ id, bytes }) => [bytes, Buffer.byteLength(await text(id))]));
  };
  clock.advance(600);
  // The first attempt stores the file but not the batch, the second fails at the content.
  for (const next of ["batch/", "content/"]) {
    failing = next;
    await api.runDue();
    const sizes = await contents();
    assert.equal(sizes.length, 2);
    for (const [bytes, length] of sizes) assert.equal(length, bytes, next);
  }
});

test("aborted writing continues with the next request", async () => {
  const { create, clock, get, api } = mock({ log: () => undefined });
  const { id } = await create(
    input(4, (each) => embedding(each, { input: Array.from({ length: 300 }, () => "x"), dimensions: 1536 })),
    embeddings,
  );
  clock.advance(600);
  const first = get(`batches/${id}`);
  api.close();
  assert.equal((await first).status, 200);
  await api.runDue();
  assert.equal((await get(`batches/${id}`)).body.status, "completed");
});

test("an input file with very many invalid lines is reported in part", async () => {
  const { create, clock, get } = mock();
  const { id } = await create("{}\n".repeat(150_000));
  clock.advance(3600);
  const { body } = await get(`batches/${id}`);
  assert.equal(body.status, "failed");
  assert.ok(body.errors.data.length > 0 && body.errors.data.length <= 1000, `${body.errors.data.length} errors`);
});
