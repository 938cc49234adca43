// Converts sources of bytes to streams, and streams to chunks.
import type { ByteSource } from "../types.js";
import { classifySource } from "./byte-source.js";
import { chunksOfHandle } from "./file-handle.js";

/**
 * The bytes of a source. Reading fails with a `BatchlightFileError` if a file handle cannot be read; errors of streams
 * and iterables are passed on.
 *
 * @throws {BatchlightFileError} if the value is not a source, or cannot be read again
 */
export function streamOf(source: ByteSource): ReadableStream<Uint8Array> {
  const classified = classifySource(source);
  switch (classified.kind) {
    case "blob":
      return classified.blob.stream();
    case "stream":
      return classified.stream;
    case "handle":
      return streamOfIterable(chunksOfHandle(classified.handle));
    case "iterable":
      return streamOfIterable(classified.iterable);
    default:
      return new Blob([classified.kind === "string" ? classified.string : (classified.bytes as BlobPart)]).stream();
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

/** The chunks of a stream. Cancels the stream if the consumer stops early. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // Does nothing if the stream has ended.
    await reader.cancel().catch(() => undefined);
  }
}
