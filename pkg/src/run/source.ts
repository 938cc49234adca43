// The source of a run as a stream: one source or several, one after the other.
import type { ByteSource } from "#batchlight";
import { fixInput } from "#files";
import { classifySource } from "../files/io/byte-source.js";
import type { FileHandleLike } from "../files/types.js";
import { hashed } from "./sha256.js";
import type { RunStore } from "./store/store.js";
import { inputFile } from "./store/names.js";

/** The hash and the size of a source. */
export interface SourceDigest {
  readonly sha256: string;
  readonly bytes: number;
}

/** Whether a source can be read repeatedly without a copy. */
async function isRereadable(source: ByteSource): Promise<boolean> {
  const classified = classifySource(source);
  if (classified.kind === "handle") return isFile(classified.handle);
  return ["string", "bytes", "blob"].includes(classified.kind);
}

/** Whether a handle is of a file: a pipe has no positions. */
const isFile = async (handle: FileHandleLike): Promise<boolean> => (await handle.stat()).isFile?.() !== false;

/**
 * The bytes of a source.
 *
 * @throws {BatchlightFileError} if the value is not a source, or cannot be read again
 */
export function streamOf(source: ByteSource): ReadableStream<Uint8Array> {
  const classified = classifySource(source);
  switch (classified.kind) {
    case "string":
      return new Blob([classified.string]).stream();
    case "bytes":
      return new Blob([classified.bytes as BlobPart]).stream();
    case "blob":
      return classified.blob.stream();
    case "stream":
      return classified.stream;
    case "handle":
      return streamOfIterable(readHandle(classified.handle));
    case "iterable":
      return streamOfIterable(classified.iterable);
  }
}

const chunkSize = 1 << 20;

async function* readHandle(handle: FileHandleLike): AsyncGenerator<Uint8Array> {
  const hasPositions = await isFile(handle);
  for (let position = 0; ; ) {
    const buffer = new Uint8Array(chunkSize);
    const { bytesRead } = await handle.read(buffer, {
      offset: 0,
      length: buffer.length,
      position: hasPositions ? position : null,
    });
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** A stream of the chunks of an iterable, read on demand. */
export function streamOfIterable(iterable: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const chunks = iterable[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else if (value.length > 0) controller.enqueue(value);
        else await this.pull?.(controller);
      },
      cancel: async () => void (await chunks.return?.()),
    },
    { highWaterMark: 0 },
  );
}

const newline = 0x0a;

/** The chunks of several sources. A file whose last line has no line break gets one. */
async function* concatenate(sources: readonly ByteSource[]): AsyncGenerator<Uint8Array> {
  for (const source of sources) {
    const reader = streamOf(source).getReader();
    let last = newline;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      last = next.value.at(-1) ?? last;
      yield next.value;
    }
    if (last !== newline && sources.length > 1) yield Uint8Array.of(newline);
  }
}

/** Reads sources to their end and returns their hash. */
export async function digestOf(sources: readonly ByteSource[]): Promise<SourceDigest> {
  const { stream, digest } = hashed(streamOfIterable(concatenate(sources)));
  const reader = stream.getReader();
  while (!(await reader.read()).done);
  return digest();
}

/** The input of a run. */
export interface RunInput {
  /** The file, which can be read repeatedly. */
  readonly file: ByteSource;
  /** Whether it is a copy in the store. */
  readonly isStored: boolean;
  /** The hash of the sources, before they were fixed. */
  readonly source: SourceDigest;
}

/** Fixes and copies sources if needed, and hashes them. */
export async function inputOf(sources: readonly ByteSource[], fix: boolean, store: RunStore): Promise<RunInput> {
  const [first] = sources;
  if (!fix && sources.length === 1 && first !== undefined && (await isRereadable(first)))
    return { file: first, isStored: false, source: await digestOf(sources) };
  const { stream, digest } = hashed(streamOfIterable(concatenate(sources)));
  await store.write(inputFile, fix ? fixInput(stream).stream : stream);
  const file = await store.read(inputFile);
  return { file: file ?? "", isStored: true, source: digest() };
}
