// Reads selected lines of files again, as exact bytes and in any order, without the whole file in memory.
import type { FileHandleLike, FileOptions } from "../types.js";
import { classifySource } from "./byte-source.js";
import { bytesOfBlob } from "./open-source.js";
import { toFileError, unreadable } from "./file-error.js";
import { readAt, statOf } from "./file-handle.js";
import { hashLines, newline } from "./line-hash.js";
import { SourceReader } from "./source-reader.js";
import { type StreamedSource, openStreamed } from "./chunk-reader.js";

/** A file that can be read repeatedly, also after it was posted to a worker. */
export type RereadableFile = Uint8Array | Blob | FileHandleLike;

/** The location of a line when it was first read. */
export interface LineLocation {
  /** The number of the file's role. */
  readonly role: number;
  /** The index of the file among the files of its role. */
  readonly index: number;
  /** The first byte. */
  readonly offset: number;
  /** The length in bytes, without the line break. */
  readonly length: number;
  /** The length of the line break in bytes; 0 at the end of a file. */
  readonly lineBreak: number;
  /** The hash of the line with its line break. */
  readonly hash: number;
}

/** Lines to read, each as the numbers of {@link Field}. Consecutive lines can be one range. */
export type LineRanges = Float64Array;

enum Field {
  File,
  Offset,
  /** With the line break. */
  Length,
  LineBreak,
  Hash,
  Count,
}

/** Converts locations to ranges; `fileOf` returns the index of a file in the list of all files. */
export function toLineRanges(
  lines: Iterable<LineLocation>,
  fileOf: (role: number, index: number) => number,
): LineRanges {
  const numbers: number[] = [];
  for (const { role, index, offset, length, lineBreak, hash } of lines)
    numbers.push(fileOf(role, index), offset, length + lineBreak, lineBreak, hash);
  return Float64Array.from(numbers);
}

/** Returns a source that can be read repeatedly: the source itself if possible, else a Blob with all its bytes. */
export async function toRereadable(value: unknown, options?: FileOptions): Promise<RereadableFile> {
  const source = classifySource(value);
  switch (source.kind) {
    case "string":
      return new Blob([source.string]);
    case "bytes":
      return source.bytes;
    case "blob":
      return source.blob;
    case "handle":
      if ((await statOf(source.handle)).isFile) return source.handle;
  }
  return copyToBlob(source, options);
}

/** The size of a file in bytes. */
export async function sizeOf(file: RereadableFile): Promise<number> {
  if (ArrayBuffer.isView(file)) return file.byteLength;
  return "slice" in file ? file.size : (await statOf(file)).size;
}

// Small chunks are joined, because a Blob of a million parts is slow. Many browsers keep large parts on disk.
const blobPartSize = 8 << 20;

async function copyToBlob(source: StreamedSource, options: FileOptions | undefined): Promise<Blob> {
  const parts: Blob[] = [];
  let buffer = new Uint8Array(1 << 16);
  let filled = 0;
  const flush = (): void => {
    if (filled > 0) parts.push(new Blob([buffer.subarray(0, filled)]));
    filled = 0;
  };
  const reader = new SourceReader({ signal: options?.signal }, () => ({ lines: 0, memory: 0 }));
  await reader.read(
    () => openStreamed(source),
    (chunk) => {
      if (filled + chunk.length > blobPartSize) flush();
      if (chunk.length > blobPartSize) {
        parts.push(new Blob([chunk as Uint8Array<ArrayBuffer>]));
        return;
      }
      if (filled + chunk.length > buffer.length) {
        const larger = new Uint8Array(Math.min(blobPartSize, Math.max(buffer.length * 2, filled + chunk.length)));
        larger.set(buffer.subarray(0, filled));
        buffer = larger;
      }
      buffer.set(chunk, filled);
      filled += chunk.length;
    },
  );
  flush();
  return new Blob(parts);
}

async function readRange(file: RereadableFile, offset: number, length: number): Promise<Uint8Array> {
  try {
    return assertLength(await bytesAt(file, offset, length), length);
  } catch (error) {
    throw toFileError(error);
  }
}

/** Reads bytes of a file; fewer at its end. */
export async function bytesAt(file: RereadableFile, offset: number, length: number): Promise<Uint8Array> {
  // A copy, because the caller can change its bytes after their hash was compared.
  if (ArrayBuffer.isView(file)) return (file as Uint8Array).slice(offset, offset + length);
  if ("slice" in file) return bytesOfBlob(file.slice(offset, offset + length));
  const bytes = new Uint8Array(length);
  for (let read = 0; read < length; ) {
    const more = await readAt(file, bytes.subarray(read), length - read, offset + read);
    if (more === 0) return bytes.subarray(0, read);
    read += more;
  }
  return bytes;
}

function assertLength(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes;
  throw new Error(
    bytes.length < length
      ? `the file is shorter than when it was first read: ${bytes.length} of ${length} bytes are left of a line`
      : `expected a slice of ${length} bytes, found ${bytes.length}`,
  );
}

// The limits of a batch of lines, which is in memory at once. Lines with a small gap between them are read together,
// because every read has a fixed cost.
const maxBatchBytes = 4 << 20;
const maxBatchLines = 4096;
const maxGap = 1 << 14;
const maxConcurrentReads = 16;

/** Returns the bytes of a line if they are the same as when it was first read. */
function assertUnchanged(line: Uint8Array, hash: number): Uint8Array {
  if (hashLines(line) === hash) return line;
  throw unreadable(
    new Error("the file has changed since it was first read: a line differs; run the operation again on the new file"),
  );
}

/** A read of one or more lines. */
interface Read {
  readonly file: number;
  readonly offset: number;
  end: number;
  readonly lines: number[];
}

/** Groups the lines from `start` to `stop`, so that lines close to each other share a read. */
function planReads(ranges: LineRanges, start: number, stop: number): readonly Read[] {
  const fieldOf = (line: number, field: Field): number => ranges[line * Field.Count + field]!;
  const lines = Array.from({ length: stop - start }, (_, index) => start + index).sort(
    (a, b) => fieldOf(a, Field.File) - fieldOf(b, Field.File) || fieldOf(a, Field.Offset) - fieldOf(b, Field.Offset),
  );
  const reads: Read[] = [];
  let gaps = 0;
  for (const line of lines) {
    const [file, offset] = [fieldOf(line, Field.File), fieldOf(line, Field.Offset)];
    const end = offset + fieldOf(line, Field.Length);
    const last = reads.at(-1);
    const gap = last?.file === file ? Math.max(0, offset - last.end) : Infinity;
    if (last && gap <= maxGap && gaps + gap <= maxBatchBytes && end - last.offset <= maxBatchBytes) {
      gaps += gap;
      last.end = Math.max(last.end, end);
      last.lines.push(line);
    } else reads.push({ file, offset, end, lines: [line] });
  }
  return reads;
}

/**
 * Reads a batch of lines, from line `start` of the ranges. Returns their bytes in the order of the ranges, and the
 * first line after the batch.
 *
 * @throws {BatchlightFileError} if a file cannot be read or has changed
 */
export async function readLines(
  files: readonly RereadableFile[],
  ranges: LineRanges,
  start: number,
): Promise<{ lines: Uint8Array[]; next: number }> {
  const count = ranges.length / Field.Count;
  let next = start;
  for (let size = 0; next < count && next - start < maxBatchLines; next++) {
    size += ranges[next * Field.Count + Field.Length]!;
    if (size > maxBatchBytes && next > start) break;
  }
  const reads = planReads(ranges, start, next);
  const lines = new Array<Uint8Array>(next - start);
  for (let first = 0; first < reads.length; first += maxConcurrentReads) {
    const pending = reads.slice(first, first + maxConcurrentReads).map(async (read) => {
      const bytes = await readRange(files[read.file]!, read.offset, read.end - read.offset);
      for (const line of read.lines) {
        const fields = ranges.subarray(line * Field.Count, (line + 1) * Field.Count);
        const from = fields[Field.Offset]! - read.offset;
        lines[line - start] = assertUnchanged(bytes.subarray(from, from + fields[Field.Length]!), fields[Field.Hash]!);
      }
    });
    await Promise.all(pending);
  }
  return { lines, next };
}

/**
 * A stream of the exact bytes of lines, which are read on demand. It fails if a line has changed. A last line of a file
 * without a line break gets one.
 */
export function streamLines(files: readonly RereadableFile[], ranges: LineRanges): ReadableStream<Uint8Array> {
  let line = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (line * Field.Count >= ranges.length) return controller.close();
        const { lines } = await readLines(files, ranges, line);
        const bytes = new Uint8Array(lines.reduce((size, { length }) => size + length + 1, 0));
        let filled = 0;
        for (const each of lines) {
          bytes.set(each, filled);
          filled += each.length;
          if (ranges[line++ * Field.Count + Field.LineBreak] === 0) bytes[filled++] = newline;
        }
        controller.enqueue(bytes.subarray(0, filled));
      },
    },
    { highWaterMark: 0 },
  );
}
