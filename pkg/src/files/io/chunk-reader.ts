// Reads open files, streams and async iterables in chunks of bytes.
import type { FileHandleLike } from "../types.js";
import { messageOf } from "../../common/thrown.js";
import type { ClassifiedSource } from "./byte-source.js";
import { fileError, toFileError } from "./file-error.js";
import { chunksOfHandle, newBuffer, statOf } from "./file-handle.js";
import { Idle } from "./idle.js";

/** Reads a source in chunks. A chunk is valid until the next one is requested. */
export interface ChunkReader {
  /** The size of the source in bytes, if known. */
  readonly total?: number | undefined;
  /** Returns the next chunk, or `undefined` at the end. */
  next(): Promise<Uint8Array | undefined>;
  /** Closes the source before its end. */
  close(reason: unknown): void;
}

/** A source that is an open file, a stream or an async iterable. */
export type StreamedSource = ClassifiedSource & { readonly kind: "handle" | "stream" | "iterable" };

/** The size of the chunks of files. They are read a twentieth faster than in chunks of 1 MiB. */
export const chunkSize = 4 << 20;
/** The bytes that a pipe holds. */
const pipeSize = 1 << 16;

/** Does nothing. */
export const ignore = (): void => undefined;

/** Opens a reader. Converts all errors of its source, now and later, to a `BatchlightFileError`. */
export async function openReader(open: () => ChunkReader | Promise<ChunkReader>): Promise<ChunkReader> {
  try {
    const reader = await open();
    return { ...reader, next: () => reader.next().catch((error: unknown) => Promise.reject(toFileError(error))) };
  } catch (error) {
    throw toFileError(error);
  }
}

/** Opens an open file, a stream or an async iterable, with the errors of {@link openReader}. */
export const openStreamed = (source: StreamedSource): Promise<ChunkReader> =>
  openReader(() => streamedReaderOf(source));

/** Creates the reader of an open file, a stream or an async iterable. */
export function streamedReaderOf(source: StreamedSource): ChunkReader | Promise<ChunkReader> {
  switch (source.kind) {
    case "handle":
      return ofHandle(source.handle);
    case "stream":
      return ofStream(source);
    case "iterable":
      return ofIterator(source.iterable[Symbol.asyncIterator](), source.total);
  }
}

/**
 * Reads one chunk ahead while the previous one is processed. It reads no further, because a stream in workerd allows
 * only one pending read.
 *
 * @param onEnd called when the last chunk has been processed
 */
export function prefetch(
  total: number | undefined,
  read: () => Promise<Uint8Array | undefined>,
  onEnd: () => unknown = ignore,
): ChunkReader {
  let pending = read();
  pending.catch(ignore);
  return {
    total,
    async next() {
      const chunk = await pending;
      if (chunk === undefined) onEnd();
      else {
        pending = read();
        pending.catch(ignore);
      }
      return chunk;
    },
    close: ignore,
  };
}

/** Two buffers of the same length. */
type Buffers = readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];

/** The buffers of a file that was read to its end, for the next file. Without them, those of many files add up. */
const idleBuffers = new Idle<Buffers>();

/** Reads an open file into two buffers in turn: one is filled while the other is processed. */
async function ofHandle(handle: FileHandleLike): Promise<ChunkReader> {
  const { isFile, size } = await statOf(handle);
  // A pipe has no size.
  const length = Math.min(size || pipeSize, chunkSize);
  const kept = idleBuffers.take();
  const buffers: Buffers = kept && kept[0].length >= length ? kept : [newBuffer(length), newBuffer(length)];
  let reads = 0;
  const chunks = chunksOfHandle(handle, () => buffers[reads++ & 1]!);
  return prefetch(
    isFile ? size : undefined,
    async () => (await chunks.next()).value ?? undefined,
    () => idleBuffers.keep(buffers),
  );
}

/** Reads a stream. */
export function ofStream({ stream, total }: ClassifiedSource & { kind: "stream" }): ChunkReader {
  const reader = stream.getReader();
  return {
    total,
    async next() {
      const { done, value } = await reader.read();
      if (!done) return toBytes(value);
      reader.releaseLock();
      return undefined;
    },
    close(reason) {
      void (async () => {
        await reader.cancel(reason);
        reader.releaseLock();
      })().catch(ignore);
    },
  };
}

function ofIterator(iterator: AsyncIterator<Uint8Array>, total: number | undefined): ChunkReader {
  return {
    total,
    async next() {
      const { done, value } = await iterator.next();
      return done ? undefined : toBytes(value);
    },
    close() {
      // Not awaited, because a generator returns only after what it waits for.
      void (async () => iterator.return?.())().catch(ignore);
    },
  };
}

function toBytes(chunk: unknown): Uint8Array {
  if (ArrayBuffer.isView(chunk)) return viewOf(chunk);
  const found =
    typeof chunk === "string"
      ? "strings; do not set an encoding on the stream"
      : chunk === null
        ? "null"
        : typeof chunk;
  throw fileError("wrong_source", `expected the source to yield bytes (Uint8Array), found ${found}`);
}

function viewOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  try {
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    throw fileError(
      "wrong_source",
      `expected the source to yield bytes, found a detached buffer: ${messageOf(error)}`,
      error,
    );
  }
}
