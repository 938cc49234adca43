// State that outlives the process.
import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "../support.mjs";
import { input, memory, mock, quick } from "./support.mjs";

test("files, batches, results and their order survive a restart", async () => {
  const { store, kept } = memory();
  const first = mock({ store });
  const done = await first.create(input(5), { plan: quick });
  const running = await first.create(input(5), { plan: { runSeconds: 5000 } });
  first.clock.advance(600);
  const before = (await first.get("batches")).body;
  assert.ok([...kept.keys()].every((key) => /^(file|content|batch)\/[\w-]+$/.test(key)));
  const second = mock({ store });
  second.clock.advance(600);
  assert.deepEqual((await second.get("batches")).body, before);
  const { body } = await second.get(`batches/${done.id}`);
  assert.equal((await second.text(body.output_file_id)).trimEnd().split("\n").length, 5);
  second.clock.advance(6000);
  assert.equal((await second.get(`batches/${running.id}`)).body.status, "completed");
  const more = await second.create(input(1));
  assert.ok(![done.id, running.id].includes(more.id));
  assert.equal((await second.get("batches")).body.data[0].id, more.id);
});

test("everything acknowledged is stored, whenever the process is killed", async () => {
  for (let fails = 0; fails < 9; fails++) {
    const { store } = memory(fails);
    const first = mock({ store });
    const acknowledged = [];
    for (let at = 0; at < 3; at++) {
      const { status, body: file } = await first.upload(input(1));
      if (status !== 200) continue;
      acknowledged.push(`files/${file.id}`);
      const created = await first.post("batches", {
        input_file_id: file.id,
        endpoint: "/v1/chat/completions",
        completion_window: "24h",
      });
      if (created.status === 200) acknowledged.push(`batches/${created.body.id}`);
      else assert.equal(created.status, 500);
    }
    const second = mock({ store: { ...store, set: async () => undefined } });
    for (const path of acknowledged) assert.equal((await second.get(path)).status, 200, path);
    assert.equal(
      (await second.get("files")).body.data.length,
      acknowledged.filter((path) => path.startsWith("files/")).length,
    );
  }
});

test("a running batch can still read its deleted input file", async () => {
  const { store, kept } = memory();
  const { create, send, get, clock, text } = mock({ store });
  const batch = await create(input(4), { plan: quick });
  await send("DELETE", `files/${batch.input_file_id}`);
  assert.equal((await get(`files/${batch.input_file_id}`)).status, 404);
  clock.advance(600);
  const { body } = await get(`batches/${batch.id}`);
  assert.equal((await text(body.output_file_id)).trimEnd().split("\n").length, 4);
  assert.ok(!kept.has(`content/${batch.input_file_id}`));
});

test("no id is reused after a restart", async () => {
  const { store } = memory();
  const first = mock({ store });
  const planned = await first.create(input(3), { plan: { ...quick, seed: 7, failureRate: 0.5 } });
  const { body: deleted } = await first.upload(input(1));
  await first.send("DELETE", `files/${deleted.id}`);
  const second = mock({ store });
  const fresh = [];
  for (let at = 0; at < 4; at++) fresh.push((await second.upload(input(1))).body.id);
  second.clock.advance(600);
  const { output_file_id, error_file_id } = (await second.get(`batches/${planned.id}`)).body;
  const ids = [...fresh, deleted.id, output_file_id, error_file_id, planned.input_file_id];
  assert.equal(new Set(ids).size, ids.length);
});

test("expired files and partial uploads are deleted", async () => {
  const { store, kept } = memory();
  const first = mock({ store });
  const { body } = await first.upload(input(1));
  kept.set("content/file-half", new Blob(["half"]));
  const second = mock({ store });
  await second.get("files");
  assert.deepEqual([...kept.keys()].sort(), [`content/${body.id}`, `file/${body.id}`]);
  second.clock.advance(30 * 86_400);
  await second.get("files");
  assert.deepEqual(
    [...kept.keys()].filter((key) => !key.startsWith("state/")),
    [],
  );
});

test("a cancellation while the batch ends is either too late or effective", async () => {
  for (const slow of ["batch", "content"]) {
    const { store } = memory();
    // Blocks the store's writes of one kind once the batch runs.
    let written;
    const set = async (key, value) => {
      if (key.startsWith(slow)) await written;
      return store.set(key, value);
    };
    const { create, post, get, clock } = mock({ store: { ...store, set } });
    const { id } = await create(input(3), { plan: quick });
    clock.advance(50);
    /** @type {() => void} */
    let finish;
    written = new Promise((resolve) => (finish = () => resolve(undefined)));
    const cancelled = post(`batches/${id}/cancel`);
    await settle();
    clock.advance(600);
    const looked = get(`batches/${id}`);
    await settle();
    finish();
    const [answer, seen] = await Promise.all([cancelled, looked]);
    const { body: end } = await get(`batches/${id}`);
    assert.equal(end.status, answer.status === 409 ? "completed" : "cancelled");
    assert.equal(seen.body.status, end.status);
  }
});

test("loading a failing store is retried", async () => {
  const { store } = memory();
  let times = 0;
  const load = async () => {
    if (times++ === 0) throw new Error("not yet");
    return store.load();
  };
  const { get } = mock({ store: { ...store, load } });
  const { status, body } = await get("batches");
  assert.deepEqual([status, body.error.message], [500, "simulated: not yet"]);
  assert.equal((await get("batches")).status, 200);
});
