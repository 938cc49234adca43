// Converts sources of bytes to streams, and streams to chunks.
import type { ByteSource, FileHandleLike } from "../types.js";
import { classifySource } from "./byte-source.js";

/** Whether a handle belongs to a file, and so has positions. A pipe has none. */
export const isFile = async (handle: FileHandleLike): Promise<boolean> => (await handle.stat()).isFile?.() !== false;

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
