// Makes every kind of source from the same bytes, in chunks of any size.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";

const folder = mkdtempSync(join(tmpdir(), "batchlight-files-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/** The UTF-8 bytes of a string. */
export const bytesOf = (text) => new TextEncoder().encode(text);

/** Divides bytes into chunks, each with its own buffer. */
export function* chunks(bytes, size) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** An async iterable of chunks. */
export async function* iterable(bytes, size = 7) {
  yield* chunks(bytes, size);
}

/** A stream of chunks, which are made on demand. */
export function stream(bytes, size = 7) {
  const iterator = chunks(bytes, size);
  return new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

let fileCount = 0;

/** An open file with these bytes. */
export async function handle(bytes) {
  const path = join(folder, `${fileCount++}.jsonl`);
  writeFileSync(path, bytes);
  return open(path);
}

/** Functions that make a new source of bytes, by the kind of source. */
export const sourceKinds = {
  "a Blob": (bytes) => new Blob([bytes.slice(0, 10), bytes.slice(10)]),
  "a Blob without a stream": (bytes) => ({
    size: bytes.length,
    slice: (from, to) => new Blob([bytes.slice(from, to)]),
    arrayBuffer: async () => bytes.slice().buffer,
  }),
  "a Response": (bytes) => new Response(bytes),
  "a Response of a stream": (bytes) => new Response(stream(bytes, 11)),
  "a Response, without a body if empty": (bytes) => (bytes.length ? new Response(bytes) : new Response(null)),
  "a ReadableStream": (bytes) => stream(bytes),
  "a byte stream": (bytes) => new Blob([bytes]).stream(),
  "an async iterable": (bytes) => iterable(bytes),
  "a Node stream": (bytes) => Readable.from(chunks(bytes, 5), { objectMode: false }),
  "a Uint8Array": (bytes) => bytes.slice(),
  "a Uint8Array on a part of a buffer": (bytes) => Uint8Array.of(1, 2, ...bytes, 3).subarray(2, 2 + bytes.length),
  "a Buffer": (bytes) => Buffer.from(bytes),
  "an ArrayBuffer": (bytes) => bytes.slice().buffer,
  "a file handle": (bytes) => handle(bytes),
};
