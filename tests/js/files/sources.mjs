// Every kind of source for the same bytes, and pieces of every size.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";

const folder = mkdtempSync(join(tmpdir(), "batchlight-files-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/** The bytes of a text. */
export const bytesOf = (text) => new TextEncoder().encode(text);

/** The pieces of some bytes, each in memory of its own. */
export function* pieces(bytes, size) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** An async iterable of pieces. */
export async function* iterable(bytes, size = 7) {
  yield* pieces(bytes, size);
}

/** A stream of pieces, made as they are asked for. */
export function stream(bytes, size = 7) {
  const given = pieces(bytes, size);
  return new ReadableStream({
    pull(controller) {
      const { done, value } = given.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

let files = 0;

/** An open file with these bytes. */
export async function handle(bytes) {
  const path = join(folder, `${files++}.jsonl`);
  writeFileSync(path, bytes);
  return open(path);
}

/** Makes a source of some bytes, by kind; each is new. */
export const kinds = {
  "a Blob": (bytes) => new Blob([bytes.slice(0, 10), bytes.slice(10)]),
  "a Blob without a stream": (bytes) => ({
    size: bytes.length,
    slice: (from, to) => new Blob([bytes.slice(from, to)]),
    arrayBuffer: async () => bytes.slice().buffer,
  }),
  "a Response": (bytes) => new Response(bytes),
  "a Response of a stream": (bytes) => new Response(stream(bytes, 11)),
  "an empty-handed Response": (bytes) => (bytes.length ? new Response(bytes) : new Response(null)),
  "a ReadableStream": (bytes) => stream(bytes),
  "a byte stream": (bytes) => new Blob([bytes]).stream(),
  "an async iterable": (bytes) => iterable(bytes),
  "a Node stream": (bytes) => Readable.from(pieces(bytes, 5), { objectMode: false }),
  "a Uint8Array": (bytes) => bytes.slice(),
  "a part of a buffer": (bytes) => Uint8Array.of(1, 2, ...bytes, 3).subarray(2, 2 + bytes.length),
  "a Buffer": (bytes) => Buffer.from(bytes),
  "an ArrayBuffer": (bytes) => bytes.slice().buffer,
  "a file handle": (bytes) => handle(bytes),
};
