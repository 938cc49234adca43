// What outlives the process.
import assert from "node:assert/strict";
import { test } from "node:test";
import { input, mock, quick } from "./support.mjs";

/** A store in memory; from the n-th change on it fails, as when the process is killed. */
function memory(fails = Infinity) {
  const kept = new Map();
  let changes = 0;
  const change = async (work) => {
    if (++changes > fails) throw new Error("killed");
    work();
  };
  const store = {
    load: async () => [...kept].reverse(),
    set: (key, value) => change(() => kept.set(key, value)),
    delete: (key) => change(() => kept.delete(key)),
  };
  return { store, kept };
}

test("a restart: files, batches, results and the order of both are there again", async () => {
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

test("killed at any moment: what was acknowledged is there", async () => {
  for (let fails = 0; fails < 9; fails++) {
    const { store } = memory(fails);
    const first = mock({ store });
    const acknowledged = [];
    for (let at = 0; at < 3; at++) {
      const { status, body: file } = await first.upload(input(1));
      if (status !== 200) continue;
      acknowledged.push(`files/${file.id}`);
      const created = await first.post("batches", { input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" });
      if (created.status === 200) acknowledged.push(`batches/${created.body.id}`);
      else assert.equal(created.status, 500);
    }
    const second = mock({ store: { ...store, set: async () => undefined } });
    for (const path of acknowledged) assert.equal((await second.get(path)).status, 200, path);
    assert.equal((await second.get("files")).body.data.length, acknowledged.filter((path) => path.startsWith("files/")).length);
  }
});

test("an input file that is deleted while its batch runs is still read by it", async () => {
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
