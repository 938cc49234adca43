// The worker's side of what comes and goes piece by piece.
import { size } from "../files/io/byte-source.js";
import { type Piece, received, type Sent } from "./messages.js";

/** A source as the operation takes it. */
export function sourceOf(sent: Sent): unknown {
  if ("whole" in sent) return sent.whole;
  const { port, total } = sent;
  return { [size]: total, [Symbol.asyncIterator]: () => ({ next: () => nextFrom(port) }) };
}

/** Asks for the next piece and waits for it. */
export async function nextFrom(port: MessagePort): Promise<IteratorResult<Uint8Array<ArrayBuffer>, undefined>> {
  const piece = await new Promise<Piece>((resolve) => {
    port.onmessage = ({ data }: MessageEvent<Piece>) => resolve(data);
    port.postMessage(undefined);
  });
  if ("error" in piece) throw received(piece.error);
  return "end" in piece ? { done: true, value: undefined } : { done: false, value: piece.bytes };
}

/** Gives pieces through a port, each when it is asked for. */
export function giver(port: MessagePort): (piece: Piece) => Promise<void> {
  let asked = 0;
  let wake: (() => void) | undefined;
  port.onmessage = () => {
    asked++;
    wake?.();
  };
  return async (piece) => {
    while (asked === 0) await new Promise<void>((resolve) => (wake = resolve));
    asked--;
    port.postMessage(piece, "bytes" in piece ? [piece.bytes.buffer] : []);
  };
}
