// The page's side of sources: what a worker can be handed, and how the rest is fed to it.
import { sorted } from "../files/io/byte-source.js";
import { open, type Pieces } from "../files/io/chunk-reader.js";
import { type Piece, type Sent, sendable } from "./messages.js";

/** Readies a source; `close` lets go of it if the operation ends before it does. */
export async function send(
  source: unknown,
): Promise<{ sent: Sent; transfer: Transferable[]; close: (reason: unknown) => void }> {
  const given = sorted(source);
  const whole =
    given.kind === "blob"
      ? given.blob
      : given.kind === "bytes"
        ? given.bytes
        : given.kind === "text"
          ? given.text
          : undefined;
  if (whole !== undefined) return { sent: { whole }, transfer: [], close: () => undefined };
  const pieces = await open(source);
  const { port1, port2 } = new MessageChannel();
  let ended = false;
  port1.onmessage = () => {
    void nextOf(pieces).then((piece) => {
      if (!("bytes" in piece)) ended = true;
      port1.postMessage(piece, "bytes" in piece ? [piece.bytes.buffer] : []);
    });
  };
  const close = (reason: unknown): void => {
    port1.close();
    if (!ended) pieces.close(reason);
  };
  return { sent: { port: port2, total: pieces.total }, transfer: [port2], close };
}

async function nextOf(pieces: Pieces): Promise<Piece> {
  try {
    const bytes = await pieces.next();
    // A copy: what the source gave is its own, and it may use it for the next piece.
    return bytes === undefined ? { end: true } : { bytes: bytes.slice() };
  } catch (error) {
    return { error: sendable(error) };
  }
}
