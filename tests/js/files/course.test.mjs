// How operations run: called off, watched, many at once, in bounded memory.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { digestResults } from "batchlight";
import { bytesOf, handle, stream } from "./sources.mjs";
import { file, result, unanswered } from "./support.mjs";

const text = file(result("a"), unanswered("b"), result("c"));
const bytes = bytesOf(text);
await digestResults(bytes); // The module is loaded now: what follows is about the reading.

/** A source that gives the same piece again and again, and counts. */
function endless(piece = bytes) {
  const seen = { given: 0, closed: false };
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: async () => (seen.given++, { done: false, value: piece }),
      return: async () => ((seen.closed = true), { done: true }),
    }),
  };
  return { source, seen };
}

test("called off before it begins: nothing is read", async () => {
  const reason = new Error("never mind");
  const { source, seen } = endless();
  await assert.rejects(digestResults(source, { signal: AbortSignal.abort(reason) }), (error) => error === reason);
  assert.equal(seen.given, 0);
});

test("called off between pieces: the source is let go of, the reason comes back", async () => {
  const { source, seen } = endless();
  const control = new AbortController();
  const reason = new Error("enough");
  const working = digestResults(source, { signal: control.signal });
  setTimeout(() => control.abort(reason), 20);
  await assert.rejects(working, (error) => error === reason);
  assert.ok(seen.given > 0);
  assert.ok(seen.closed);
  const { given } = seen;
  await wait(20);
  assert.equal(seen.given, given, "nothing is read any more");
});

test("called off by a timeout: its own reason", async () => {
  await assert.rejects(digestResults(endless().source, { signal: AbortSignal.timeout(10) }), { name: "TimeoutError" });
});

test("called off while a source never answers", async () => {
  const control = new AbortController();
  const cancelled = [];
  const silent = new ReadableStream({
    pull: () => new Promise(() => {}),
    cancel: (reason) => void cancelled.push(reason),
  });
  const working = digestResults(silent, { signal: control.signal });
  while (!silent.locked) await wait(1);
  control.abort("gone");
  await assert.rejects(working, (error) => error === "gone");
  assert.deepEqual(cancelled, ["gone"]);
  await wait(0);
  assert.equal(silent.locked, false);
});

test("called off in memory: long work lets others have their turn", async () => {
  const long = bytesOf(text.repeat(200_000));
  const control = new AbortController();
  setTimeout(() => control.abort("late"), 1);
  await assert.rejects(digestResults(long, { signal: control.signal }), (error) => error === "late");
});

test("a stream that was read to its end is free again", async () => {
  const given = stream(bytes);
  await digestResults(given);
  assert.equal(given.locked, false);
});

test("progress: it grows, the last is whole, and the size is told where it is known", async () => {
  for (const [source, total] of [
    [new Blob([bytes]), bytes.length],
    [bytes, bytes.length],
    [await handle(bytes), bytes.length],
    [stream(bytes), undefined],
    [new Response(bytes, { headers: { "content-length": String(bytes.length) } }), bytes.length],
  ]) {
    const told = [];
    await digestResults(source, { onProgress: (progress) => told.push(progress) });
    const last = told.at(-1);
    assert.deepEqual([last.bytes, last.total, last.lines], [bytes.length, total, 3]);
    assert.ok(last.memory > 0);
  }
});

test("progress: told at most ten times a second and in order", async () => {
  const control = new AbortController();
  const told = [];
  const working = digestResults(endless().source, {
    signal: control.signal,
    onProgress: (progress) => told.push(progress),
  });
  await wait(450);
  control.abort();
  await assert.rejects(working, { name: "AbortError" });
  assert.ok(told.length >= 1 && told.length <= 5, `${told.length} times`);
  assert.ok(
    told.every(
      ({ bytes: read, lines }, index) => index === 0 || (read > told[index - 1].bytes && lines > told[index - 1].lines),
    ),
  );
});

test("what the listener throws ends the operation", async () => {
  const own = new Error("not interested");
  await assert.rejects(
    digestResults(bytes, {
      onProgress: () => {
        throw own;
      },
    }),
    (error) => error === own,
  );
});

test("many at once do not disturb each other", async () => {
  const texts = Array.from({ length: 40 }, (_, index) =>
    file(...Array.from({ length: index + 1 }, (_, line) => (line % 3 ? result(`r-${line}`) : unanswered(`u-${line}`)))),
  );
  const alone = [];
  for (const one of texts) alone.push(await digestResults(one));
  const together = await Promise.all(texts.map((one, index) => digestResults(stream(bytesOf(one), 1 + (index % 50)))));
  assert.deepEqual(together, alone);
});

test("hundreds one after the other: their memory is given back", async () => {
  for (let count = 0; count < 400; count++) assert.equal((await digestResults(bytes)).lines, 3);
});

// The wasm-free twin is many times slower, and its memory is the same.
const much = import.meta.resolve("batchlight").endsWith("/js.js") ? 20e6 : 300e6;

test("300 MB: the module's memory does not grow with the file", async () => {
  const piece = bytesOf(
    Array.from(
      { length: 2000 },
      (_, index) =>
        `${result(`request-${index}`, { model: "m", choices: [{ message: { content: "word ".repeat(80) } }] })}\n`,
    ).join(""),
  );
  async function* large() {
    for (let given = 0; given < much; given += piece.length) yield piece;
  }
  let memory = 0;
  let read = 0;
  await digestResults(large(), { onProgress: (progress) => ({ memory, bytes: read } = progress) });
  assert.ok(read >= much);
  assert.ok(memory < 16 << 20, `${memory} bytes`);
});

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
    const answer = await digestResults(given);
    assert.equal(answer.succeeded, 0);
    assert.deepEqual(await digestResults(stream(given, 997)), answer);
  });
}
