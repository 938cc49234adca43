// How operations run: called off, watched, many at once, in bounded memory. Each entry is asked by itself, as these
// tests are about the calls more than about their answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { both, entries } from "../both.mjs";
import { settle } from "../support.mjs";
import { bytesOf, handle, stream } from "./sources.mjs";
import { file, request, result, unanswered } from "./support.mjs";

const text = file(result("a"), unanswered("b"), result("c"));
const bytes = bytesOf(text);
await both((api) => api.digestResults(bytes)); // The modules are loaded now: what follows is about the reading.

/** A source that gives the same piece again and again, and counts; `each` is told the count before each piece. */
function endless(each = (/** @type {number} */ _count) => {}, piece = bytes) {
  const seen = { given: 0, closed: false };
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        each(++seen.given);
        return { done: false, value: piece };
      },
      return: async () => {
        seen.closed = true;
        return { done: true, value: undefined };
      },
    }),
  };
  return { source, seen };
}

// How many bytes are read to see that memory does not grow, and how many requests are reconciled. The wasm-free entry
// reads about 1 MB in a second where `batchlight` reads 200 MB and more, so it gets a hundredth of the bytes and a
// tenth of the requests: still many pieces of a file, and more than the module's memory.
const amounts = {
  batchlight: { bytes: 300e6, requests: 50_000 },
  "batchlight/js": { bytes: 3e6, requests: 5000 },
};

for (const { name, api } of entries) {
  const { digestResults, reconcile } = api;

  test(`${name}: called off before it begins: nothing is read`, async () => {
    const reason = new Error("never mind");
    const { source, seen } = endless();
    await assert.rejects(digestResults(source, { signal: AbortSignal.abort(reason) }), (error) => error === reason);
    assert.equal(seen.given, 0);
  });

  test(`${name}: called off between pieces: the source is let go of, the reason comes back`, async () => {
    const control = new AbortController();
    const reason = new Error("enough");
    const { source, seen } = endless((count) => count === 100 && control.abort(reason));
    await assert.rejects(digestResults(source, { signal: control.signal }), (error) => error === reason);
    assert.ok(seen.closed);
    await settle();
    assert.equal(seen.given, 100, "nothing is read any more");
  });

  test(`${name}: called off by a timeout: its own reason`, async () => {
    // The source has no end: only the signal can end this, so however late the timer is, it does.
    await assert.rejects(digestResults(endless().source, { signal: AbortSignal.timeout(1) }), { name: "TimeoutError" });
  });

  test(`${name}: called off while a source never answers`, async () => {
    const control = new AbortController();
    const cancelled = [];
    let wait;
    const waitedFor = new Promise((resolve) => (wait = resolve));
    const silent = new ReadableStream(
      {
        pull: () => {
          wait();
          return new Promise(() => {});
        },
        cancel: (reason) => void cancelled.push(reason),
      },
      // It is pulled only when somebody reads.
      { highWaterMark: 0 },
    );
    const working = digestResults(silent, { signal: control.signal });
    await waitedFor;
    control.abort("gone");
    await assert.rejects(working, (error) => error === "gone");
    assert.deepEqual(cancelled, ["gone"]);
    await settle();
    assert.equal(silent.locked, false);
  });

  test(`${name}: called off in memory: long work lets others have their turn`, async () => {
    // After 16 MiB at the latest, and it reads 4 MiB at once.
    const long = bytesOf(file(result("a", { text: "x".repeat(24 << 20) })));
    const control = new AbortController();
    setImmediate(() => control.abort("late"));
    await assert.rejects(digestResults(long, { signal: control.signal }), (error) => error === "late");
  });

  test(`${name}: a stream that was read to its end is free again`, async () => {
    const given = stream(bytes);
    await digestResults(given);
    assert.equal(given.locked, false);
  });

  test(`${name}: progress: it grows, the last is whole, and the size is told where it is known`, async () => {
    for (const [source, total] of /** @type {[import("batchlight/files").ByteSources, number | undefined][]} */ ([
      [new Blob([bytes]), bytes.length],
      [bytes, bytes.length],
      [await handle(bytes), bytes.length],
      [stream(bytes), undefined],
      [new Response(bytes, { headers: { "content-length": String(bytes.length) } }), bytes.length],
    ])) {
      const told = [];
      await digestResults(source, { onProgress: (progress) => told.push(progress) });
      const last = told.at(-1);
      assert.deepEqual([last.bytes, last.total, last.lines], [bytes.length, total, 3]);
      assert.ok(last.memory > 0);
    }
  });

  test(`${name}: progress: told at most ten times a second and in order`, async (t) => {
    // A clock that each piece moves on by a hundredth of a second: 450 pieces are four and a half seconds.
    let now = 0;
    t.mock.method(performance, "now", () => now);
    const control = new AbortController();
    const told = [];
    const { source } = endless((count) => {
      now += 10;
      if (count === 450) control.abort();
    });
    const onProgress = (progress) => told.push({ ...progress, now });
    await assert.rejects(digestResults(source, { signal: control.signal, onProgress }), { name: "AbortError" });
    assert.equal(told.length, 44);
    for (const [index, progress] of told.entries()) {
      assert.equal(progress.now, 100 * (index + 1));
      assert.deepEqual([progress.bytes, progress.lines], [bytes.length * 10 * (index + 1), 3 * 10 * (index + 1)]);
    }
  });

  test(`${name}: what the listener throws ends the operation`, async () => {
    const own = new Error("not interested");
    const throwing = () => {
      throw own;
    };
    await assert.rejects(digestResults(bytes, { onProgress: throwing }), (error) => error === own);
  });

  test(`${name}: many at once do not disturb each other`, async () => {
    const texts = Array.from({ length: 40 }, (_, index) =>
      file(
        ...Array.from({ length: index + 1 }, (_, line) => (line % 3 ? result(`r-${line}`) : unanswered(`u-${line}`))),
      ),
    );
    const alone = [];
    for (const one of texts) alone.push(await digestResults(one));
    const sources = texts.map((one, index) => stream(bytesOf(one), 1 + (index % 50)));
    assert.deepEqual(await Promise.all(sources.map((source) => digestResults(source))), alone);
  });

  test(`${name}: hundreds one after the other: their memory is given back`, async () => {
    for (let count = 0; count < 400; count++) assert.equal((await digestResults(bytes)).lines, 3);
  });

  test(`${name}: the module's memory does not grow with the file`, async () => {
    const lines = Array.from({ length: 200 }, (_, index) => {
      const body = { model: "m", choices: [{ message: { content: "word ".repeat(80) } }] };
      return `${result(`request-${index}`, body)}\n`;
    });
    const piece = bytesOf(lines.join(""));
    async function* large(size) {
      for (let given = 0; given < size; given += piece.length) yield piece;
    }
    const told = async (size) => {
      /** @type {import("batchlight/files").FileProgress} */
      let last;
      await digestResults(large(size), { onProgress: (progress) => (last = progress) });
      assert.ok(last.bytes >= size);
      return last.memory;
    };
    assert.equal(await told(amounts[name].bytes), await told(amounts[name].bytes / 10));
  });

  test(`${name}: requests by the thousand take 1.3 kB each`, async () => {
    const { requests } = amounts[name];
    const ids = Array.from({ length: requests }, (_, index) => `request-${index}-of-a-batch`);
    let memory = 0;
    const all = await reconcile(
      { input: file(...ids.map((id) => request(id))), output: file(...ids.toReversed().map((id) => result(id))) },
      { onProgress: (progress) => (memory = progress.memory) },
    );
    assert.deepEqual([all.complete, all.succeeded], [true, requests]);
    // 64 MiB for the 50,000 that a batch may have.
    assert.ok(memory < ((64 << 20) / 50_000) * requests, `${memory} bytes`);
  });
}

// Bytes that are no JSON Lines at all: each is a finding, none an end.
const hostile = {
  "random bytes": Uint8Array.from({ length: 100_000 }, (_, at) => (Math.imul(at + 1, 2_654_435_761) >>> 13) & 255),
  nulls: new Uint8Array(50_000),
  newlines: new Uint8Array(50_000).fill(10),
  brackets: new Uint8Array(200_000).fill(0x5b),
  quotes: new Uint8Array(99_999).fill(0x22),
  "half a character": Uint8Array.of(0xf0, 0x9f),
  "UTF-16": Uint8Array.from([0xff, 0xfe, ...Array.from(text).flatMap((character) => [character.charCodeAt(0), 0])]),
};

for (const [name, given] of Object.entries(hostile)) {
  test(`hostile: ${name}`, async () => {
    const answer = await both((api) => api.digestResults(given));
    assert.equal(answer.succeeded, 0);
    assert.deepEqual(await both((api) => api.digestResults(stream(given, 997))), answer);
  });
}
