// Transfers sources to a worker, and files from it, chunk by chunk.
import { classifySource, totalSize } from "../files/io/byte-source.js";
import { type ChunkReader, ignore, openStreamed } from "../files/io/chunk-reader.js";
import { type ChunkMessage, type SentSource, toError, toSentError } from "./messages.js";

/** A source that is ready to be posted. */
export interface OutgoingSource {
  readonly sent: SentSource;
  readonly transfer: readonly Transferable[];
  /** Closes the source if the operation ends early. */
  close(reason: unknown): void;
}

/** On the page: prepares a source for a worker. */
export async function sendSource(value: unknown): Promise<OutgoingSource> {
  const source = classifySource(value);
  const whole = (content: Blob | Uint8Array | string) => ({ sent: { whole: content }, transfer: [], close: ignore });
  switch (source.kind) {
    case "blob":
      return whole(source.blob);
    case "bytes":
      return whole(withoutRest(source.bytes));
    case "string":
      return whole(source.string);
  }
  const reader = await openStreamed(source);
  const { port1, port2 } = new MessageChannel();
  let ended = false;
  port1.onmessage = () => {
    void nextMessage(reader).then((message) => {
      if (!("bytes" in message)) ended = true;
      postChunk(port1, message);
    });
  };
  const close = (reason: unknown): void => {
    port1.close();
    if (!ended) reader.close(reason);
  };
  return { sent: { port: port2, total: reader.total }, transfer: [port2], close };
}

/** The bytes with a buffer that holds nothing else: a message contains a copy of the whole buffer. */
const withoutRest = (bytes: Uint8Array): Uint8Array => (bytes.length < bytes.buffer.byteLength ? bytes.slice() : bytes);

async function nextMessage(reader: ChunkReader): Promise<ChunkMessage> {
  try {
    const bytes = await reader.next();
    // A copy, because the source can reuse its buffer for the next chunk.
    return bytes === undefined ? { end: true } : { bytes: bytes.slice() };
  } catch (error) {
    return { error: toSentError(error) };
  }
}

const postChunk = (port: MessagePort, message: ChunkMessage): void =>
  port.postMessage(message, "bytes" in message ? [message.bytes.buffer] : []);

/** In the worker: makes a source of a sent one. */
export function receiveSource(sent: SentSource): unknown {
  if ("whole" in sent) return sent.whole;
  const { port, total } = sent;
  return { [totalSize]: total, [Symbol.asyncIterator]: () => ({ next: () => requestChunk(port) }) };
}

/** Requests the next chunk from a port. */
export async function requestChunk(port: MessagePort): Promise<IteratorResult<Uint8Array<ArrayBuffer>, undefined>> {
  const message = await new Promise<ChunkMessage>((resolve) => {
    port.onmessage = ({ data }: MessageEvent<ChunkMessage>) => resolve(data);
    port.postMessage(undefined);
  });
  if ("error" in message) throw toError(message.error);
  return "end" in message ? { done: true, value: undefined } : { done: false, value: message.bytes };
}

/** Returns a function that posts a chunk as soon as the other side of the port requests it. */
export function chunkSender(port: MessagePort): (message: ChunkMessage) => Promise<void> {
  let requested = 0;
  let onRequest: (() => void) | undefined;
  port.onmessage = () => {
    requested++;
    onRequest?.();
  };
  return async (message) => {
    while (requested === 0) await new Promise<void>((resolve) => (onRequest = resolve));
    requested--;
    postChunk(port, message);
  };
}
