// Files that are read again, at any place: exact bytes of chosen lines, in any order, without holding the file.
import { type FileHandleLike, sorted } from "./byte-source.js";
import { type FileOptions, Job } from "./progress.js";
import { hashLines } from "./line-hash.js";
import { asProblem, unreadable } from "./file-error.js";
import { bytesOfBlob, readAt, sizeOf } from "./chunk-reader.js";

/** A file whose bytes can be read again; kept as it is, so that a worker can be given it too. */
export type Rereadable = Uint8Array | Blob | FileHandleLike;

/**
 * Where a line is: what its file is and which of these, where in it, how many bytes without the line's end, and of the
 * end; and the hash of it all when it was read first.
 */
export interface LinePlace {
  readonly role: number;
  readonly index: number;
  readonly offset: number;
  readonly length: number;
  readonly end: number;
  readonly hash: number;
}

/**
 * Lines of files: five numbers each, which file, where in it, how many bytes with the line's end, how many of them that
 * end has, and their hash. In place of a line there may be several that follow each other.
 */
export type Ranges = Float64Array;

// How many numbers a line has among ranges.
const stride = 5;

/** Lines as ranges of files, which lie in one list; `fileOf` gives a file's place in it. */
export function rangesOf(places: Iterable<LinePlace>, fileOf: (role: number, index: number) => number): Ranges {
  const numbers: number[] = [];
  for (const { role, index, offset, length, end, hash } of places)
    numbers.push(fileOf(role, index), offset, length + end, end, hash);
  return Float64Array.from(numbers);
}

/**
 * A source that can be read again: itself where it can be, else a Blob of all it gives. Does not read what need not be
 * read.
 */
export async function rereadable(source: unknown, options?: FileOptions): Promise<Rereadable> {
  const given = sorted(source);
  if (given.kind === "bytes") return given.bytes;
  if (given.kind === "blob") return given.blob;
  if (given.kind === "text") return new Blob([given.text]);
  if (given.kind === "handle" && (await sizeOf(given.handle)).isFile) return given.handle;
  return gathered(source, options);
}

// Pieces are put together on the way: a Blob of a million small parts is slow, and many browsers keep large ones on
// disk.
const partSize = 8 << 20;

async function gathered(source: unknown, options: FileOptions | undefined): Promise<Blob> {
  const parts: Blob[] = [];
  let room = new Uint8Array(1 << 16);
  let filled = 0;
  const flush = (): void => {
    if (filled > 0) parts.push(new Blob([room.subarray(0, filled)]));
    filled = 0;
  };
  await new Job({ signal: options?.signal }, () => ({ lines: 0, memory: 0 })).read(source, (piece) => {
    if (filled + piece.length > partSize) flush();
    if (piece.length > partSize) {
      parts.push(new Blob([piece as Uint8Array<ArrayBuffer>]));
      return;
    }
    if (filled + piece.length > room.length) {
      const larger = new Uint8Array(Math.min(partSize, Math.max(room.length * 2, filled + piece.length)));
      larger.set(room.subarray(0, filled));
      room = larger;
    }
    room.set(piece, filled);
    filled += piece.length;
  });
  flush();
  return new Blob(parts);
}

/** Reads one range. */
async function readRange(file: Rereadable, from: number, length: number): Promise<Uint8Array> {
  try {
    return whole(await bytesAt(file, from, length), length);
  } catch (error) {
    throw asProblem(error);
  }
}

async function bytesAt(file: Rereadable, from: number, length: number): Promise<Uint8Array> {
  // A copy, because the bytes are the caller's and may change after they have been compared.
  if (ArrayBuffer.isView(file)) return (file as Uint8Array).slice(from, from + length);
  if ("slice" in file) return bytesOfBlob(file.slice(from, from + length));
  const bytes = new Uint8Array(length);
  for (let read = 0; read < length; ) {
    const more = await readAt(file, bytes.subarray(read), length - read, from + read);
    if (more === 0) return bytes.subarray(0, read);
    read += more;
  }
  return bytes;
}

function whole(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes;
  throw new Error(
    bytes.length < length
      ? `the file has become shorter since it was read first: ${bytes.length} of ${length} bytes are left of a line`
      : `a part of ${length} bytes was asked for, and ${bytes.length} were given`,
  );
}

// As much is read at once as stays small in memory; what lies between two wanted lines is read along if it is little,
// because each read has a price of its own; and so many reads are under way at once.
const batchBytes = 4 << 20;
const batchLines = 4096;
const gap = 1 << 14;
const atOnce = 16;

/** Throws where lines are no longer what they were when they were read first. */
function unchanged(lines: Uint8Array, hash: number): Uint8Array {
  if (hashLines(lines) === hash) return lines;
  throw unreadable(
    new Error(
      "the file has changed since it was read first: a line is another than it was; start again with the new file",
    ),
  );
}

/**
 * The bytes of lines from `start` on, as many as fit one batch, in their order; `next` is the first line that did not
 * fit.
 */
export async function readLines(
  files: readonly Rereadable[],
  ranges: Ranges,
  start: number,
): Promise<{ lines: Uint8Array[]; next: number }> {
  const count = ranges.length / stride;
  let next = start;
  for (let size = 0; next < count && next - start < batchLines; next++) {
    size += ranges[next * stride + 2]!;
    if (size > batchBytes && next > start) break;
  }
  const at = (line: number): [file: number, from: number, length: number] => [
    ranges[line * stride]!,
    ranges[line * stride + 1]!,
    ranges[line * stride + 2]!,
  ];
  const order = Array.from({ length: next - start }, (_, index) => start + index).sort(
    (a, b) => ranges[a * stride]! - ranges[b * stride]! || ranges[a * stride + 1]! - ranges[b * stride + 1]!,
  );
  const runs: { file: number; from: number; end: number; lines: number[] }[] = [];
  for (const line of order) {
    const [file, from, length] = at(line);
    const last = runs.at(-1);
    if (last?.file === file && from - last.end <= gap && from + length - last.from <= batchBytes) {
      last.end = Math.max(last.end, from + length);
      last.lines.push(line);
    } else runs.push({ file, from, end: from + length, lines: [line] });
  }
  const lines = new Array<Uint8Array>(next - start);
  for (let first = 0; first < runs.length; first += atOnce) {
    const reading = runs.slice(first, first + atOnce).map(async (run) => {
      const bytes = await readRange(files[run.file]!, run.from, run.end - run.from);
      for (const line of run.lines) {
        const [, from, length] = at(line);
        const offset = from - run.from;
        lines[line - start] = unchanged(bytes.subarray(offset, offset + length), ranges[line * stride + 4]!);
      }
    });
    await Promise.all(reading);
  }
  return { lines, next };
}

const newline = 10;

/**
 * The exact bytes of lines, as a stream that reads only when it is asked and gives no line that has changed. A line
 * that ends its file without a newline is given one.
 */
export function streamOf(files: readonly Rereadable[], ranges: Ranges): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (at * stride >= ranges.length) return controller.close();
        const { lines, next } = await readLines(files, ranges, at);
        const bytes = new Uint8Array(lines.reduce((size, line) => size + line.length + 1, 0));
        let filled = 0;
        for (const line of lines) {
          bytes.set(line, filled);
          filled += line.length;
          if (ranges[at++ * stride + 3] === 0) bytes[filled++] = newline;
        }
        at = next;
        controller.enqueue(bytes.subarray(0, filled));
      },
    },
    { highWaterMark: 0 },
  );
}
