// Reads every kind of source as chunks of bytes.
import { newEncoder } from "../../runtime/utf8.js";
import { type ClassifiedSource, classifySource } from "./byte-source.js";
import { statOf } from "./file-handle.js";
import {
  type ChunkReader,
  chunkSize,
  ignore,
  ofStream,
  openReader,
  prefetch,
  streamedReaderOf,
} from "./chunk-reader.js";

/** The length of a part of a string that is encoded at once, in UTF-16 code units. */
const stringPart = 1 << 16;

/**
 * Opens a source. All errors of the source itself, now or later, become a `BatchlightFileError`.
 *
 * @throws {BatchlightFileError} if the value is not a source
 */
export async function openSource(value: unknown): Promise<ChunkReader> {
  const source = classifySource(value);
  return openReader(() => readerOf(source));
}

function readerOf(source: ClassifiedSource): ChunkReader | Promise<ChunkReader> {
  switch (source.kind) {
    case "string":
      return ofString(source.string);
    case "bytes":
      return ofBytes(source.bytes);
    case "blob":
      return ofBlob(source);
    default:
      return streamedReaderOf(source);
  }
}

/** The size of all sources in bytes; NaN if that of one is unknown. Errors are left to those who open the sources. */
export async function totalSizeOf(values: readonly unknown[]): Promise<number> {
  let total = 0;
  try {
    for (const value of values) total += (await sizeOf(classifySource(value))) ?? Number.NaN;
  } catch {
    return Number.NaN;
  }
  return total;
}

async function sizeOf(source: ClassifiedSource): Promise<number | undefined> {
  if (source.kind === "bytes") return source.bytes.length;
  if (source.kind === "string") return undefined;
  if (source.kind !== "handle") return source.total;
  const { isFile, size } = await statOf(source.handle);
  return isFile ? size : undefined;
}

function ofBytes(bytes: Uint8Array): ChunkReader {
  const total = bytes.length;
  let position = 0;
  return {
    total,
    next: async () => {
      if (position >= total) return undefined;
      // A detached buffer has length 0; a resizable one can have another length.
      if (bytes.length < total) throw new Error("the buffer was detached or truncated while it was read");
      const start = position;
      position += chunkSize;
      return bytes.subarray(start, Math.min(position, total));
    },
    close: ignore,
  };
}

/** Encodes a string in chunks, so that it is never in memory twice. */
function ofString(string: string): ChunkReader {
  const encoder = newEncoder();
  const buffer = new Uint8Array(stringPart * 3);
  let position = 0;
  return {
    async next() {
      if (position >= string.length) return undefined;
      let end = Math.min(position + stringPart, string.length);
      // A surrogate pair must not be divided.
      if (end < string.length && string.charCodeAt(end - 1) >> 10 === 0x36) end--;
      const { written } = encoder.encodeInto(string.slice(position, end), buffer);
      position = end;
      return buffer.subarray(0, written);
    },
    close: ignore,
  };
}

/** Reads a Blob through its stream, which is twice as fast in Chromium as one slice after the other. */
function ofBlob({ blob, total }: ClassifiedSource & { kind: "blob" }): ChunkReader {
  if (typeof blob.stream !== "function") return ofSlices(blob, total);
  const { next, close } = ofStream({ kind: "stream", stream: blob.stream(), total });
  let read = 0;
  const nextOfBlob = async (): Promise<Uint8Array | undefined> => {
    const chunk = await next();
    read += chunk?.length ?? 0;
    if (chunk === undefined ? read < total : read > total) throw sizeMismatch(read, total);
    return chunk;
  };
  return { ...prefetch(total, nextOfBlob), close };
}

/** Reads a Blob without a `stream` method, as some polyfills are. */
function ofSlices(blob: Blob, total: number): ChunkReader {
  let position = 0;
  return prefetch(total, async () => {
    if (position >= total) return undefined;
    const start = position;
    position = Math.min(position + chunkSize, total);
    const bytes = await bytesOfBlob(blob.slice(start, position));
    if (bytes.length !== position - start) throw sizeMismatch(start + bytes.length, total);
    return bytes;
  });
}

const sizeMismatch = (read: number, total: number): Error =>
  new Error(`expected ${total} bytes, the size of the Blob, found ${read < total ? "only " : ""}${read}`);

/** The bytes of a Blob. Rejects for a file that was deleted or changed since the user chose it. */
export const bytesOfBlob = async (blob: Blob): Promise<Uint8Array> =>
  new Uint8Array(await (typeof blob.arrayBuffer === "function" ? blob.arrayBuffer() : readByFileReader(blob)));

/** Reads a Blob without `arrayBuffer`, as those of jsdom are. */
const readByFileReader = (blob: Blob): Promise<ArrayBuffer> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(blob);
  });
