// File content, and reading it in chunks.

/** The content of a file in a store: a Blob, or an object with the same methods. */
export interface MockContent {
  /** The size in bytes. */
  readonly size: number;
  /** The bytes from `start` up to `end`. */
  slice(start?: number, end?: number): MockContent;
  /** Reads all bytes in chunks. */
  stream(): ReadableStream<Uint8Array>;
  /** Reads all bytes at once. */
  arrayBuffer(): PromiseLike<ArrayBuffer>;
}

/** The approximate number of bytes processed before other tasks run. */
export const chunkBytes = 256 << 10;

/** The chunks of a stream. Cancels the stream if the consumer stops early. */
export async function* chunksIn(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      ended = done;
      if (done) return;
      yield value;
    }
  } finally {
    // The stream's error has already been reported.
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

/** Lets timers and network events run. */
export const yieldToEventLoop = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Encodes strings as UTF-8 in chunks of about {@link chunkBytes}. Yields to the event loop between chunks. */
export async function* encodeChunks(strings: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let waiting: string[] = [];
  let length = 0;
  for await (const text of strings) {
    waiting.push(text);
    length += text.length;
    if (length < chunkBytes) continue;
    yield encoder.encode(waiting.join(""));
    waiting = [];
    length = 0;
    await yieldToEventLoop();
  }
  if (length > 0) yield encoder.encode(waiting.join(""));
}
