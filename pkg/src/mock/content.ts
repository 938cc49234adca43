// The content of a file, and how it is read: in chunks, or a part of it at once.

/** The content of a file where a store keeps it: a Blob, or something that is read like one. */
export interface MockContent {
  /** How many bytes it has. */
  readonly size: number;
  /** The bytes from `start` up to and without `end`. */
  slice(start?: number, end?: number): MockContent;
  /** Reads all bytes, chunk by chunk. */
  stream(): ReadableStream<Uint8Array>;
  /** Reads all bytes at once. */
  arrayBuffer(): PromiseLike<ArrayBuffer>;
}

/** How many bytes are written, or are worked on, before others get their turn. */
export const chunkBytes = 256 << 10;

/** The chunks of a stream. A stream that is left early is cancelled. */
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
    // Whoever broke the stream off has said why already.
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

/** Lets timers and the network have their turn. */
export const yieldToEventLoop = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Strings as UTF-8, in chunks of about {@link chunkBytes}; between two of them others have their turn. */
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
