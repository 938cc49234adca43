// Every kind of source, in chunks of any size, gives the same result.
import assert from "node:assert/strict";
import { test } from "node:test";
import { both, digestResults, entries } from "../both.mjs";
import { bytesOf, chunks, handle, iterable, sourceKinds, stream } from "./sources.mjs";
import { file, result, unanswered } from "./support.mjs";

const text = file(
  result("a", { model: "m-1", usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } }),
  result("é ü 漢字 😀", { model: "m-1" }),
  unanswered("c"),
  "{broken",
  "",
  result("d", { error: { message: "no such model", code: "model_not_found" } }, 404),
);
const bytes = bytesOf(text);
const expected = await digestResults(bytes);

/** The results of both entries, each for its own source, because most can be read only once. */
const digestOf = (makeSource) => both(async (api) => api.digestResults(await makeSource()));

test("the expected result is complete", () => {
  assert.deepEqual([expected.lines, expected.succeeded, expected.failed, expected.malformed.count], [5, 2, 2, 1]);
  assert.equal(expected.malformed.lines[0].line, 4);
  assert.deepEqual(expected.causes.map(({ code }) => code).sort(), ["batch_expired", "model_not_found"]);
});

for (const [name, make] of Object.entries(sourceKinds)) {
  test(`reads ${name}`, async () => {
    assert.deepEqual(await digestOf(() => make(bytes)), expected);
    const none = await digestOf(() => make(new Uint8Array()));
    assert.equal(none.lines, 0);
  });
}

test("reads a string, also with surrogate pairs at the limits of its chunks", async () => {
  assert.deepEqual(await digestResults(text), expected);
  // A string is encoded in chunks of 65,536 UTF-16 code units. Here surrogate pairs lie across the limits of three.
  const chunkLimits = Array(3)
    .fill("x".repeat(65_500) + "😀".repeat(18))
    .join("");
  for (const before of ["", "a"]) {
    const long = file(result(before + chunkLimits), result("b"));
    assert.deepEqual(await digestResults(long), await digestResults(bytesOf(long)));
    // The wasm-free entry takes a second for 0.3 MB of such characters, so only `batchlight` reads more.
    const longer = file(result(before + "😀".repeat(100_000)), result("b"));
    const [{ api }] = entries;
    assert.deepEqual(await api.digestResults(longer), await api.digestResults(bytesOf(longer)));
  }
  const lone = file(result("x").replace('"x"', '"\ud800"'));
  assert.deepEqual(await digestResults(lone), await digestResults(bytesOf(lone)));
});

for (const size of [1, 2, 3, 5, 16, 61, 4096]) {
  test(`reads chunks of ${size} bytes`, async () => {
    assert.deepEqual(await digestOf(() => iterable(bytes, size)), expected);
    assert.deepEqual(await digestOf(() => stream(bytes, size)), expected);
  });
}

test("ignores empty chunks", async () => {
  async function* withEmpty() {
    for (const chunk of chunks(bytes, 9)) {
      yield new Uint8Array();
      yield chunk;
    }
    yield new Uint8Array();
  }
  assert.deepEqual(await digestOf(withEmpty), expected);
});

test("reads a chunk that is larger than the copy buffer", async () => {
  // Chunks are copied in parts of 262,144 bytes, so 0.6 MB are three parts.
  const many = bytesOf(file(...Array.from({ length: 4500 }, (_, index) => result(`r-${index}`))));
  assert.ok(many.length > 2 * 262_144);
  assert.deepEqual(await digestResults(many), await digestOf(() => iterable(many, 10_007)));
  const more = bytesOf(text.repeat(3000));
  const [{ api }] = entries;
  assert.deepEqual(await api.digestResults(more), await api.digestResults(iterable(more, 10_007)));
});

test("reads an iterable that reuses one buffer for every chunk", async () => {
  async function* reusing() {
    const buffer = new Uint8Array(6);
    for (const chunk of chunks(bytes, 6)) {
      buffer.set(chunk);
      yield buffer.subarray(0, chunk.length);
      buffer.fill(0);
    }
  }
  assert.deepEqual(await digestOf(reusing), expected);
});

test("does not close a file handle, which can be read again", async () => {
  const opened = await handle(bytes);
  assert.deepEqual(await digestResults(opened), expected);
  assert.deepEqual(await digestResults(opened), expected);
  await opened.close();
});

test("digests several sources together", async () => {
  const twice = await digestResults([bytes, text]);
  assert.deepEqual([twice.lines, twice.succeeded, twice.failed, twice.malformed.count], [10, 4, 4, 2]);
  assert.equal((await digestResults([])).lines, 0);
});

for (const [name, value, found] of /** @type {[string, unknown, RegExp][]} */ ([
  ["nothing", undefined, /found undefined/],
  ["null", null, /found null/],
  ["a number", 7, /found number/],
  ["an object", {}, /found an object/],
  ["a promise", Promise.resolve(bytes), /found Promise/],
  ["a map", new Map(), /found Map/],
])) {
  test(`rejects a value that is not a source: ${name}`, async () => {
    await assert.rejects(
      digestResults(value),
      (/** @type {Error & { code: string }} */ error) =>
        error.name === "BatchlightFileError" && error.code === "wrong_source" && found.test(error.message),
    );
  });
}

test("rejects locked, used and unsuccessful sources", async () => {
  const locked = stream(bytes);
  locked.getReader();
  await assert.rejects(digestResults(locked), { code: "wrong_source", message: /locked/ });
  const used = new Response(bytes);
  await used.arrayBuffer();
  await assert.rejects(digestResults(used), { code: "wrong_source", message: /expected an unread response/ });
  await assert.rejects(digestResults(new Response("not here", { status: 404 })), {
    code: "wrong_source",
    message: /status 404/,
  });
  async function* texts() {
    yield "text";
  }
  await assert.rejects(digestOf(texts), { code: "wrong_source", message: /found strings.*encoding/ });
  const transferred = bytes.slice();
  structuredClone(transferred, { transfer: [transferred.buffer] });
  // Node 20 cannot distinguish it from empty bytes.
  if ("detached" in ArrayBuffer.prototype)
    await assert.rejects(digestResults(transferred), { code: "wrong_source", message: /detached/ });
});

test("a failing source is closed, and its error is the cause", async () => {
  const broken = new Error("disk failure");
  let returned = 0;
  const failing = {
    [Symbol.asyncIterator]: () => {
      let left = 2;
      return {
        next: async () => {
          if (left-- === 0) throw broken;
          return { done: false, value: bytes };
        },
        return: async () => {
          returned++;
          return { done: true };
        },
      };
    },
  };
  const isExpected = (error) =>
    error.name === "BatchlightFileError" &&
    error.code === "unreadable_source" &&
    error.cause === broken &&
    error.message.includes("disk failure");
  await assert.rejects(digestResults(failing), isExpected);
  assert.equal(returned, 2, "once by each entry");
  const failingStream = () => new ReadableStream({ pull: (controller) => controller.error(broken) });
  await assert.rejects(digestOf(failingStream), isExpected);
  const throwing = { read: async () => ({ bytesRead: 0 }), stat: async () => Promise.reject(broken) };
  await assert.rejects(digestResults(throwing), isExpected);
  await assert.rejects(
    digestResults({ read: async () => Promise.reject(broken), stat: async () => ({ size: 5 }) }),
    isExpected,
  );
  await assert.rejects(digestResults({ read: async () => 5, stat: async () => ({ size: 5 }) }), {
    code: "wrong_source",
    message: /expected the file handle.*bytesRead/,
  });
  // The next operation is not affected.
  assert.deepEqual(await digestResults(bytes), expected);
});

test("reads a file to its end if it is shorter than its size", async () => {
  const [whole, rest] = [bytes.length, bytes.slice()];
  const growing = {
    stat: async () => ({ size: whole * 2, isFile: () => true }),
    async read(into, { length, position }) {
      const part = rest.subarray(position, position + Math.min(length, 17));
      into.set(part);
      return { bytesRead: part.length };
    },
  };
  assert.deepEqual(await digestResults(growing), expected);
});
