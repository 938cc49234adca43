// Ids of result files in plans: they become file names in a store, so they must be valid and unused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { input, memory, mock, quick } from "./support.mjs";

/** Creates a batch with the given ids and returns the response. */
async function planned({ upload, post }, plan) {
  const { body: file } = await upload(input(4));
  const asked = { input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" };
  // Header values are bytes, so other characters are escaped.
  const header = JSON.stringify({ ...quick, ...plan }).replaceAll(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return post("batches", asked, { headers: { "x-batchlight-plan": header } });
}

const bad = [
  "..",
  "file-",
  "file-x/../../../evil",
  "file-é",
  "file-x\u0000",
  "file-x.json",
  `file-${"x".repeat(300)}`,
  "FILE-x",
  "output",
  "",
  7,
  ["file-x"],
  { id: "file-x" },
];

for (const member of ["output_file_id", "error_file_id"]) {
  test(`${member}: invalid ids are rejected and create nothing`, async () => {
    const { store, kept } = memory();
    const server = mock({ store });
    for (const id of bad) {
      const { status, body } = await planned(server, { [member]: id });
      assert.equal(status, 400, JSON.stringify(id));
      assert.match(body.error.message, new RegExp(`^simulated: expected .* at ${member}$`));
      assert.ok(body.error.message.length < 300, body.error.message);
    }
    assert.deepEqual((await server.get("batches")).body.data, []);
    assert.ok([...kept.keys()].every((key) => /^(content|file)\/file-\w+$/.test(key)));
  });
}

test("an id with all allowed characters and the maximum length is accepted", async () => {
  const server = mock();
  const id = `file-${"aZ09_-".repeat(22).slice(0, 128)}`;
  const { status, body } = await planned(server, { output_file_id: id });
  assert.equal(status, 200);
  server.clock.advance(600);
  assert.equal((await server.get(`batches/${body.id}`)).body.output_file_id, id);
  assert.equal((await server.text(id)).trimEnd().split("\n").length, 4);
});

test("a used id is rejected, whether of an upload or of another batch", async () => {
  const server = mock({ failureRate: 0.5 });
  const { body: file } = await server.upload(input(2));
  const plans = [
    { output_file_id: file.id },
    { error_file_id: file.id },
    { output_file_id: "file-both", error_file_id: "file-both" },
  ];
  for (const plan of plans) {
    const { status, body } = await planned(server, plan);
    assert.equal(status, 400);
    assert.match(body.error.message, /expected an unused file id, found .* at (output|error)_file_id$/);
  }
  assert.equal((await planned(server, { output_file_id: "file-mine" })).status, 200);
  assert.equal((await planned(server, { output_file_id: "file-mine" })).status, 400);
  assert.equal((await planned(server, { error_file_id: "file-mine" })).status, 400);
  assert.equal(await server.text(file.id), input(2));
  // A rejected request reserves no id.
  assert.equal((await planned(server, { output_file_id: "file-both" })).status, 200);
});

test("an id that an upload would get later is used only once", async () => {
  // The same seed creates the same ids.
  const ids = [];
  const scout = mock();
  for (let at = 0; at < 8; at++) ids.push((await scout.upload(input(1))).body.id);
  for (const later of ids.slice(2)) {
    const server = mock();
    const { body } = await planned(server, { output_file_id: later });
    const uploads = [];
    for (let at = 0; at < 8; at++) uploads.push((await server.upload(`${input(1)}${" ".repeat(at)}`)).body);
    assert.ok(!uploads.some(({ id }) => id === later));
    server.clock.advance(600);
    assert.equal((await server.get(`batches/${body.id}`)).body.output_file_id, later);
    for (const { id, bytes } of uploads) assert.equal((await server.text(id)).length, bytes);
  }
});

test("of two stored batches with the same file id, the second one fails", async () => {
  const { store, kept } = memory();
  const first = mock({ store });
  const [{ body: one }, { body: other }] = [
    await planned(first, { output_file_id: "file-one" }),
    await planned(first, { output_file_id: "file-other" }),
  ];
  kept.set(`batch/${other.id}`, kept.get(`batch/${other.id}`).replace("file-other", "file-one"));
  const second = mock({ store, log: () => undefined });
  second.clock.advance(600);
  const ends = await Promise.all([one, other].map(({ id }) => second.get(`batches/${id}`)));
  assert.deepEqual(
    ends.map(({ body }) => body.status),
    ["completed", "failed"],
  );
  assert.match(ends[1].body.errors.data[0].message, /the file id file-one is already used$/);
});
