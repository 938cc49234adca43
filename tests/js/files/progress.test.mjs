// How operations run: cancellation, progress, concurrency and bounded memory. Each entry is tested by itself, because
// these tests are about the calls, not their results.
import assert from "node:assert/strict";
import { test } from "node:test";
import { both, entries } from "../both.mjs";
import { settle } from "../support.mjs";
import { bytesOf, handle, stream } from "./sources.mjs";
import { file, request, result, unanswered } from "./support.mjs";

const text = file(result("a"), unanswered("b"), result("c"));
const bytes = bytesOf(text);
await both((api) => api.digestResults(bytes)); // Loads the modules before the tests.

/** An endless source that yields the same chunk; `onChunk` gets the count before each chunk. */
function endless(onChunk = (/** @type {number} */ _count) => {}, chunk = bytes) {
  const seen = { chunks: 0, closed: false };
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        onChunk(++seen.chunks);
        return { done: false, value: chunk };
      },
      return: async () => {
        seen.closed = true;
        return { done: true, value: undefined };
      },
    }),
  };
  return { source, seen };
}

// The number of bytes in the test of constant memory, and of requests in the test of reconcile. The wasm-free entry
// reads about 1 MB per second, `batchlight` over 200 MB, so the former gets a hundredth of the bytes and a tenth of the
// requests. That is still many chunks and more than the module's memory.
const amounts = {
  batchlight: { bytes: 300e6, requests: 50_000 },
  "batchlight/js": { bytes: 3e6, requests: 5000 },
};

for (const { name, api } of entries) {
  test(`${name}: no option, error or result of an operation affects the next one`, async () => {
    const input = bytesOf(file(request("a"), request("b")));
    const first = await api.checkInput(input);
    const limited = await api.checkInput(input, { limits: { requests: 1 }, endpoint: "/v1/embeddings" });
    assert.notDeepEqual(limited.issues, first.issues);
    assert.deepEqual(await api.checkInput(input), first);
    await assert.rejects(api.checkInput(endless().source, { signal: AbortSignal.timeout(1) }));
    assert.deepEqual(await api.checkInput(input), first);
    // Options that are strings, after an operation that writes a file.
    await new Response(api.fixInput(input, { assignIds: true }).stream).text();
    assert.equal((await api.splitInput(input, { name: "part" })).manifest.shards[0].name, "part-1.jsonl");
    const results = { input, output: bytesOf(file(result("a"), result("b"))) };
    const { countIssues } = await api.reconcile(results, { batch: { request_counts: { total: 9 } } });
    assert.notDeepEqual(countIssues, []);
    assert.deepEqual((await api.reconcile(results)).countIssues, []);
  });

  const { digestResults, reconcile } = api;

  test(`${name}: an aborted signal prevents any read`, async () => {
    const reason = new Error("never mind");
    const { source, seen } = endless();
    await assert.rejects(digestResults(source, { signal: AbortSignal.abort(reason) }), (error) => error === reason);
    assert.equal(seen.chunks, 0);
  });

  test(`${name}: aborting between chunks closes the source and rejects with the reason`, async () => {
    const control = new AbortController();
    const reason = new Error("enough");
    const { source, seen } = endless((count) => count === 100 && control.abort(reason));
    await assert.rejects(digestResults(source, { signal: control.signal }), (error) => error === reason);
    assert.ok(seen.closed);
    await settle();
    assert.equal(seen.chunks, 100, "the source is not read any more");
  });

  test(`${name}: a timeout signal rejects with its own reason`, async () => {
    // The source is endless, so only the signal can end the operation, however late the timer fires.
    await assert.rejects(digestResults(endless().source, { signal: AbortSignal.timeout(1) }), { name: "TimeoutError" });
  });

  test(`${name}: aborting does not wait for a source that never responds`, async () => {
    const control = new AbortController();
    const cancelled = [];
    let onPull;
    const pulled = new Promise((resolve) => (onPull = resolve));
    const silent = new ReadableStream(
      {
        pull: () => {
          onPull();
          return new Promise(() => {});
        },
        cancel: (reason) => void cancelled.push(reason),
      },
      // It is pulled only when it is read.
      { highWaterMark: 0 },
    );
    const working = digestResults(silent, { signal: control.signal });
    await pulled;
    control.abort("gone");
    await assert.rejects(working, (error) => error === "gone");
    assert.deepEqual(cancelled, ["gone"]);
    await settle();
    assert.equal(silent.locked, false);
  });

  test(`${name}: long work in memory yields to the event loop, so it can be aborted`, async () => {
    // It yields after at most 16 MiB, and reads chunks of 4 MiB.
    const long = bytesOf(file(result("a", { text: "x".repeat(24 << 20) })));
    const control = new AbortController();
    setImmediate(() => control.abort("late"));
    await assert.rejects(digestResults(long, { signal: control.signal }), (error) => error === "late");
  });

  test(`${name}: a stream is unlocked after its end`, async () => {
    const source = stream(bytes);
    await digestResults(source);
    assert.equal(source.locked, false);
  });

  test(`${name}: the last progress report is complete, with the total if it is known`, async () => {
    for (const [source, total] of /** @type {[import("batchlight/files").ByteSources, number | undefined][]} */ ([
      [new Blob([bytes]), bytes.length],
      [bytes, bytes.length],
      [await handle(bytes), bytes.length],
      [stream(bytes), undefined],
      [new Response(bytes, { headers: { "content-length": String(bytes.length) } }), bytes.length],
    ])) {
      const reports = [];
      await digestResults(source, { onProgress: (progress) => reports.push(progress) });
      const last = reports.at(-1);
      assert.deepEqual([last.bytes, last.total, last.lines], [bytes.length, total, 3]);
      assert.ok(last.memory > 0);
    }
  });

  test(`${name}: the total is that of all sources from the first report on`, async (t) => {
    let now = 0;
    t.mock.method(performance, "now", () => (now += 200));
    const totals = new Set();
    const sources = [bytes, new Blob([bytes]), await handle(bytes)];
    await digestResults(sources, { onProgress: ({ total }) => totals.add(total) });
    assert.deepEqual([...totals], [3 * bytes.length]);
    totals.clear();
    await digestResults([bytes, stream(bytes)], { onProgress: ({ total }) => totals.add(total) });
    assert.deepEqual([...totals], [undefined]);
  });

  test(`${name}: aborting while a source is opened rejects, though it never responds`, async () => {
    const control = new AbortController();
    const silent = {
      stat: async () => {
        control.abort("gone");
        return { size: 9 };
      },
      read: () => new Promise(() => {}),
    };
    await assert.rejects(digestResults(silent, { signal: control.signal }), (error) => error === "gone");
  });

  test(`${name}: progress is reported at most ten times a second and in order`, async (t) => {
    // Each chunk advances the clock by a hundredth of a second: 450 chunks take 4.5 seconds.
    let now = 0;
    t.mock.method(performance, "now", () => now);
    const control = new AbortController();
    const reports = [];
    const { source } = endless((count) => {
      now += 10;
      if (count === 450) control.abort();
    });
    const onProgress = (progress) => reports.push({ ...progress, now });
    await assert.rejects(digestResults(source, { signal: control.signal, onProgress }), { name: "AbortError" });
    assert.equal(reports.length, 44);
    for (const [index, progress] of reports.entries()) {
      assert.equal(progress.now, 100 * (index + 1));
      assert.deepEqual([progress.bytes, progress.lines], [bytes.length * 10 * (index + 1), 3 * 10 * (index + 1)]);
    }
  });

  test(`${name}: an error of the progress listener ends the operation`, async () => {
    const own = new Error("not interested");
    const throwing = () => {
      throw own;
    };
    await assert.rejects(digestResults(bytes, { onProgress: throwing }), (error) => error === own);
  });

  test(`${name}: concurrent operations are independent`, async () => {
    const texts = Array.from({ length: 40 }, (_, index) =>
      file(
        ...Array.from({ length: index + 1 }, (_, line) => (line % 3 ? result(`r-${line}`) : unanswered(`u-${line}`))),
      ),
    );
    const expected = [];
    for (const each of texts) expected.push(await digestResults(each));
    const sources = texts.map((each, index) => stream(bytesOf(each), 1 + (index % 50)));
    assert.deepEqual(await Promise.all(sources.map((source) => digestResults(source))), expected);
  });

  test(`${name}: the memory of hundreds of operations is freed`, async () => {
    for (let count = 0; count < 400; count++) assert.equal((await digestResults(bytes)).lines, 3);
  });

  test(`${name}: the module's memory does not grow with the file size`, async () => {
    const lines = Array.from({ length: 200 }, (_, index) => {
      const body = { model: "m", choices: [{ message: { content: "word ".repeat(80) } }] };
      return `${result(`request-${index}`, body)}\n`;
    });
    const chunk = bytesOf(lines.join(""));
    async function* large(size) {
      for (let yielded = 0; yielded < size; yielded += chunk.length) yield chunk;
    }
    const memoryOf = async (size) => {
      /** @type {import("batchlight/files").FileProgress} */
      let last;
      await digestResults(large(size), { onProgress: (progress) => (last = progress) });
      assert.ok(last.bytes >= size);
      return last.memory;
    };
    assert.equal(await memoryOf(amounts[name].bytes), await memoryOf(amounts[name].bytes / 10));
  });

  test(`${name}: thousands of requests take at most 1.3 kB each`, async () => {
    const { requests } = amounts[name];
    const ids = Array.from({ length: requests }, (_, index) => `request-${index}-of-a-batch`);
    let memory = 0;
    const all = await reconcile(
      { input: file(...ids.map((id) => request(id))), output: file(...ids.toReversed().map((id) => result(id))) },
      { onProgress: (progress) => (memory = progress.memory) },
    );
    assert.deepEqual([all.complete, all.succeeded], [true, requests]);
    // 64 MiB for the 50,000 requests that a batch can have.
    assert.ok(memory < ((64 << 20) / 50_000) * requests, `${memory} bytes`);
  });
}

// Bytes that are not JSON Lines. They are issues, not errors.
const hostile = {
  "random bytes": Uint8Array.from({ length: 100_000 }, (_, at) => (Math.imul(at + 1, 2_654_435_761) >>> 13) & 255),
  nulls: new Uint8Array(50_000),
  newlines: new Uint8Array(50_000).fill(10),
  brackets: new Uint8Array(200_000).fill(0x5b),
  quotes: new Uint8Array(99_999).fill(0x22),
  "half a character": Uint8Array.of(0xf0, 0x9f),
  "UTF-16": Uint8Array.from([0xff, 0xfe, ...Array.from(text).flatMap((character) => [character.charCodeAt(0), 0])]),
};

for (const [name, hostileBytes] of Object.entries(hostile)) {
  test(`digests hostile bytes: ${name}`, async () => {
    const answer = await both((api) => api.digestResults(hostileBytes));
    assert.equal(answer.succeeded, 0);
    assert.deepEqual(await both((api) => api.digestResults(stream(hostileBytes, 997))), answer);
  });
}
