// A store that returns damaged values: they are set aside, and the others are served.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { input, memory, mock, quick } from "./support.mjs";

/** A store with three files and three batches, of which the second has ended. */
async function filled() {
  const { store, kept } = memory();
  const { create, clock, api } = mock({ store });
  const batches = [];
  for (const plan of [{ runSeconds: 80_000 }, quick, { runSeconds: 80_000 }])
    batches.push(await create(input(3), { plan }));
  clock.advance(600);
  await api.runDue();
  return { store, kept, batches };
}

/** Checks that a mock with damaged values responds to all requests. */
async function serves({ get, upload, create, send, clock }) {
  clock.advance(600);
  const answers = [await get("files"), await get("batches"), await upload(input(1))];
  for (const { status, body } of answers) assert.equal(status, 200, JSON.stringify(body));
  for (const { id } of answers[1].body.data) assert.equal((await get(`batches/${id}`)).status, 200);
  for (const { id } of answers[0].body.data) {
    const content = await send("GET", `files/${id}/content`);
    assert.deepEqual([content.status, (await content.text()).length > 0], [200, true]);
  }
  return { files: answers[0].body.data, batches: answers[1].body.data, made: await create(input(1)) };
}

/** A mock with a store that records which values are set aside. */
function opened(store, kept) {
  const aside = [];
  const setAside = async (key, reason) => {
    assert.ok(reason.length > 0);
    aside.push(key);
    kept.delete(key);
  };
  return { aside, server: mock({ store: { ...store, setAside }, log: assert.fail }) };
}

const broken = [
  "null",
  "{}",
  "[]",
  "7",
  '"text"',
  "true",
  "{",
  "",
  "\u0000",
  '{"sequence":0}',
  '{"sequence":0,"plan":{}}',
];

for (const kind of ["file", "batch"]) {
  test(`a damaged record of a ${kind} is set aside, and its id is not reused`, async () => {
    for (const value of broken) {
      const { store, kept, batches } = await filled();
      const id = kind === "file" ? batches[0].input_file_id : batches[2].id;
      kept.set(`${kind}/${id}`, value);
      const { aside, server } = opened(store, kept);
      const { files, batches: left, made } = await serves(server);
      assert.ok(aside.includes(`${kind}/${id}`), value);
      assert.ok(!files.some((file) => file.id === id) && !left.some((batch) => batch.id === id));
      assert.ok(!batches.some((batch) => batch.id === made.id));
    }
  });
}

test("fields with invalid values are damage too", async () => {
  const changes = {
    file: { sequence: -1, "file.id": "file-other", "file.bytes": 1, "file.created_at": "now", "file.expires_at": {} },
    batch: {
      sequence: 1.5,
      "plan.id": "batch_other",
      "plan.created_at": 1e308,
      "plan.requests": "many",
      "plan.wire": "nobody",
      "plan.input_file_id": null,
      outputSeconds: "long",
      written: 1,
      notified: null,
      responses: [],
    },
  };
  for (const [kind, members] of Object.entries(changes))
    for (const [path, value] of Object.entries(members)) {
      const { store, kept, batches } = await filled();
      const id = kind === "file" ? batches[0].input_file_id : batches[2].id;
      const record = JSON.parse(kept.get(`${kind}/${id}`));
      const names = path.split(".");
      names.slice(0, -1).reduce((at, name) => at[name], record)[names.at(-1)] = value;
      kept.set(`${kind}/${id}`, JSON.stringify(record));
      const { aside, server } = opened(store, kept);
      await serves(server);
      assert.ok(aside.includes(`${kind}/${id}`), path);
    }
});

test("an end time that differs from the plan is corrected", async () => {
  const { store, kept, batches } = await filled();
  for (const endsAt of [undefined, "late", null, 0, 1e308]) {
    const key = `batch/${batches[0].id}`;
    kept.set(key, JSON.stringify({ ...JSON.parse(kept.get(key)), endsAt }));
    const { aside, server } = opened(store, kept);
    await serves(server);
    server.clock.advance(90_000);
    const { body } = await server.get(`batches/${batches[0].id}`);
    assert.deepEqual([body.status, aside], ["completed", []]);
  }
});

test("an invalid sequence number is set aside, and no id is reused", async () => {
  for (const sequence of ['"x"', "-1", "1e308", "null", "[]", "{"]) {
    const { store, kept, batches } = await filled();
    kept.set("state/sequence", sequence);
    const { aside, server } = opened(store, kept);
    const { files, made } = await serves(server);
    assert.deepEqual(aside, ["state/sequence"]);
    assert.equal(new Set([...files, ...batches, made].map(({ id }) => id)).size, files.length + 4);
  }
});

test("after a damaged sequence number, the ids of deleted files are not reused", async () => {
  const { store, kept } = await filled();
  const deleted = new Set();
  const first = mock({ store });
  for (let count = 0; count < 20; count++) {
    const { body } = await first.upload(input(1));
    deleted.add(body.id);
    await first.send("DELETE", `files/${body.id}`);
  }
  kept.set("state/sequence", "null");
  // The first mock that finds the damage creates nothing.
  assert.equal((await opened(store, kept).server.get("files")).status, 200);
  const { aside, server } = opened(store, kept);
  for (let count = 0; count < 20; count++) assert.ok(!deleted.has((await server.upload(input(1))).body.id));
  assert.deepEqual(aside, []);
});

test("a file whose content is missing or of another length is set aside with it", async () => {
  for (const content of [undefined, new Blob(["short"])]) {
    const { store, kept, batches } = await filled();
    const id = batches[2].input_file_id;
    if (content) kept.set(`content/${id}`, content);
    else kept.delete(`content/${id}`);
    const { aside, server } = opened(store, kept);
    const { files } = await serves(server);
    assert.deepEqual(aside, content ? [`file/${id}`, `content/${id}`] : [`file/${id}`]);
    assert.ok(!files.some((file) => file.id === id));
  }
});

test("content that may belong to a damaged record is set aside, not deleted", async () => {
  const { store, kept, batches } = await filled();
  const id = batches[1].input_file_id;
  kept.set(`file/${id}`, "null");
  const { aside, server } = opened({ ...store, delete: async (key) => assert.fail(`${key} was deleted`) }, kept);
  assert.equal((await server.get("files")).status, 200);
  assert.deepEqual(aside, [`file/${id}`, `content/${id}`]);
});

test("ids of values that were set aside are not reused", async () => {
  const { body } = await mock().upload(input(1));
  const { store } = memory();
  /** @type {() => Promise<[string, string][]>} */
  const load = async () => [[`damaged/${body.id}`, ""]];
  const { upload } = mock({ store: { ...store, load } });
  assert.notEqual((await upload(input(1))).body.id, body.id);
});

test("a store without setAside works too, and the log names the damage", async () => {
  const { store, kept, batches } = await filled();
  kept.set(`batch/${batches[0].id}`, "null");
  const lines = [];
  await serves(mock({ store, log: (line) => lines.push(line) }));
  assert.deepEqual(lines, [`batch/${batches[0].id} is damaged and was skipped: expected a batch`]);
});

test("with any JSON in a record, all requests get a response", async () => {
  const values = fc.oneof(fc.json(), fc.string(), fc.constant("1e400"));
  await fc.assert(
    fc.asyncProperty(values, fc.nat(2), fc.constantFrom("file", "batch", "state"), async (value, at, kind) => {
      const { store, kept, batches } = await filled();
      const key =
        kind === "state" ? "state/sequence" : `${kind}/${batches[at][kind === "file" ? "input_file_id" : "id"]}`;
      kept.set(key, value);
      await serves(opened(store, kept).server);
    }),
    { numRuns: 40 },
  );
});
