// Uploads as streams: rejected requests are not read, files are not buffered, and rejected uploads leave nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { input, memory, mock } from "./support.mjs";

const boundary = "0123456789abcdef";
const type = { "content-type": `multipart/form-data; boundary=${boundary}` };
const part = (disposition, text) =>
  `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n`;
const field = (name, text) => part(`name="${name}"`, text);
const file = (text, name = "input.jsonl") => part(`name="file"; filename="${name}"`, text);
const end = `--${boundary}--\r\n`;

/** A body that counts how many chunks are read. */
function counted(chunks) {
  const seen = { read: 0, cancelled: false };
  const left = chunks[Symbol.iterator]();
  const body = new ReadableStream(
    {
      pull(controller) {
        const { done, value } = left.next();
        if (done) return controller.close();
        seen.read++;
        controller.enqueue(typeof value === "string" ? new TextEncoder().encode(value) : value);
      },
      cancel: () => {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, seen };
}

const sent = async ({ send }, chunks, headers = {}) => {
  const { body, seen } = counted(chunks);
  const response = await send("POST", "files", { body, duplex: "half", headers: { ...type, ...headers } });
  return { response, body: await response.json(), seen };
};

test("without a valid key, no byte of the body is read", async () => {
  const server = mock({ auth: "right" });
  for (const authorization of ["", "Bearer wrong", "Basic"]) {
    const { response, seen } = await sent(server, [file("x"), end], { authorization });
    assert.deepEqual([response.status, seen.read], [401, 0]);
  }
  const { response } = await sent(server, [field("purpose", "batch"), file(input(1)), end], {
    authorization: "Bearer right",
  });
  assert.equal(response.status, 200);
});

test("a body that declares too many bytes is not read, and one that has too many is aborted", async () => {
  const server = mock();
  const declared = await sent(server, [file("x"), end], { "content-length": String(600 * 2 ** 20) });
  assert.deepEqual([declared.response.status, declared.seen.read], [413, 0]);
  const { body, seen } = counted(
    (function* () {
      for (;;) yield " ".repeat(1 << 16);
    })(),
  );
  const endless = await server.send("POST", "batches", { body, duplex: "half" });
  assert.equal(endless.status, 413);
  assert.match((await endless.json()).error.message, /larger than 1048576 bytes$/);
  assert.deepEqual([seen.read, seen.cancelled], [17, true]);
});

test("an upload is streamed to the store, with only a few chunks in memory", async () => {
  const { store } = memory();
  const seen = { most: 0 };
  let body;
  store.write = async (_key, chunks) => {
    let size = 0;
    let taken = 0;
    for await (const chunk of chunks) {
      size += chunk.length;
      taken++;
      // Simulates a slow disk, so that chunks read ahead become visible.
      await new Promise((resolve) => setImmediate(resolve));
      seen.most = Math.max(seen.most, body.seen.read - taken);
    }
    return { size, stream: () => new Blob([]).stream(), slice: () => assert.fail(), arrayBuffer: () => assert.fail() };
  };
  const { send } = mock({ store });
  const chunk = "x".repeat(1 << 16);
  body = counted([
    field("purpose", "user_data"),
    file("").slice(0, -2),
    ...Array.from({ length: 300 }, () => chunk),
    `\r\n${end}`,
  ]);
  const response = await send("POST", "files", { body: body.body, duplex: "half", headers: type });
  assert.equal((await response.json()).bytes, 300 << 16);
  assert.ok(seen.most <= 4, `${seen.most} chunks were read ahead`);
});

test("the file may precede or follow its purpose", async () => {
  const server = mock();
  for (const parts of [
    [file(input(2)), field("purpose", "batch")],
    [field("purpose", "batch"), file(input(2))],
  ]) {
    const { response, body } = await sent(server, [...parts, end]);
    assert.deepEqual([response.status, body.bytes, body.purpose], [200, input(2).length, "batch"]);
    assert.equal(await server.text(body.id), input(2));
  }
});

test("rejected and truncated uploads leave nothing", async () => {
  const { store, kept } = memory();
  const server = mock({ store, maxBytes: 10_000 });
  const broken = function* () {
    yield field("purpose", "batch");
    yield file(input(1)).slice(0, -5);
    throw new Error("the connection broke");
  };
  for (const [chunks, status] of [
    [[file(input(1)), end], 400],
    [[file(input(1)), field("purpose", "no such"), end], 400],
    [[file("{no json"), field("purpose", "batch"), end], 400],
    [[file("a plain text", "notes.txt"), field("purpose", "batch"), end], 400],
    [[file(input(1)), field("purpose", "x".repeat(70_000)), end], 400],
    [[file(input(1)), ...Array.from({ length: 70 }, (_, at) => field(`f${at}`, "")), end], 400],
    [[file(input(1)), `--${boundary}\r\nX: ${"x".repeat(9000)}`, end], 400],
    [[file("x".repeat(20_000)), field("purpose", "user_data"), end], 507],
    [broken(), 400],
  ]) {
    const { response, seen } = await sent(server, chunks);
    assert.equal(response.status, status);
    assert.deepEqual([...kept.keys()], []);
    // The unread rest is cancelled, so that a server can continue.
    if (status === 507) assert.equal(seen.cancelled, true);
  }
  assert.deepEqual((await server.get("files")).body.data, []);
  // All memory is released.
  assert.equal((await server.upload("x".repeat(9_900), { purpose: "user_data" })).status, 200);
  const { status, body } = await server.upload("x".repeat(200), { purpose: "user_data" });
  assert.equal(status, 507);
  assert.match(body.error.message, /^simulated: files in memory would exceed 10000 bytes/);
});

test("a failing store is reported and leaves no partial upload", async () => {
  for (const failing of ["content/", "file/"]) {
    const { store, kept } = memory();
    const lines = [];
    const set = async (key, value) => {
      if (key.startsWith(failing)) throw new Error("no space left on the disk");
      return store.set(key, value);
    };
    const { upload, get } = mock({ store: { ...store, set }, log: (line) => lines.push(line) });
    const { status, body } = await upload(input(1));
    assert.deepEqual([status, body.error.message], [500, "simulated: no space left on the disk"]);
    assert.deepEqual([...kept.keys()], []);
    assert.equal((await get("files")).status, 200);
    assert.deepEqual(lines, ["request failed with status 500: no space left on the disk"]);
  }
});

test("a first line beyond the maximum length is not checked at upload", async () => {
  const server = mock();
  const long = `{"custom_id":"${"x".repeat(9 << 20)}"`;
  assert.equal((await server.upload(long)).status, 200);
  assert.equal((await server.upload("x".repeat(5 << 20))).status, 400);
});

test("any form in any chunks is parsed like Request.formData does", async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .array(fc.constantFrom("\r", "\n", "\r\n", "-", "--", boundary, `\r\n--${boundary.slice(0, 9)}`, "x"))
      .map((parts) => new TextEncoder().encode(parts.join(""))),
  );
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(bytes, cuts, fc.boolean(), async (content, lengths, first) => {
      const blob = new Blob([
        first ? field("purpose", "user_data") : "",
        file("").slice(0, -2),
        content,
        "\r\n",
        first ? "" : field("purpose", "user_data"),
        end,
      ]);
      const expected = await new Response(blob, { headers: type }).formData().catch(() => undefined);
      const whole = new Uint8Array(await blob.arrayBuffer());
      const chunks = [];
      for (let at = 0, turn = 0; at < whole.length; turn++) {
        const end = at + lengths[turn % lengths.length];
        chunks.push(whole.subarray(at, end));
        at = end;
      }
      const server = mock();
      const { response, body } = await sent(server, chunks);
      const want = expected?.get("file");
      // Content that contains the boundary ends there or makes the form invalid.
      if (!want || typeof want === "string") return;
      assert.equal(response.status, 200);
      const got = new Uint8Array(await (await server.send("GET", `files/${body.id}/content`)).arrayBuffer());
      assert.deepEqual(got, new Uint8Array(await want.arrayBuffer()));
    }),
    { numRuns: 200 },
  );
});
