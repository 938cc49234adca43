// Where the bytes that a command makes go: a file, or standard output.
import { Trouble } from "./exit.js";
import { mayWrite, writeWhole } from "./atomic-file.js";
import type { Screen } from "./terminal-stream.js";
import { standard } from "./input-source.js";

/** Where bytes go. */
export interface Target {
  /** The file, or nothing for standard output. */
  readonly path: string | undefined;
  /** Whether it may be overwritten. */
  readonly force: boolean;
}

/** The values of the options that name where bytes go. */
export interface TargetValues {
  readonly to?: string;
  readonly force?: true;
  readonly json?: true;
}

/** The target that options name; throws at once if it must not be written, before any work. */
export async function targetOf({ to, force, json }: TargetValues): Promise<Target> {
  const path = to === standard ? undefined : to;
  if (path !== undefined) await mayWrite(path, force === true);
  else if (json) throw new Trouble("--json prints on standard output, and so would the file: name a file by -o");
  return { path, force: force === true };
}

/** Writes bytes to their target. */
export async function pour(out: Screen, pieces: AsyncIterable<Uint8Array>, { path, force }: Target): Promise<void> {
  if (path !== undefined) return writeWhole(path, pieces, force);
  for await (const piece of pieces) await out.write(piece);
}

/** Writes whole lines to their target and counts them; where there are none, no file is made. */
export async function pourLines(out: Screen, stream: ReadableStream<Uint8Array>, target: Target): Promise<number> {
  const pieces = piecesOf(stream);
  const first = await pieces.next();
  if (first.done) return 0;
  let lines = 0;
  async function* counting(): AsyncGenerator<Uint8Array> {
    try {
      for (let piece = first; !piece.done; piece = await pieces.next()) {
        lines += newlinesIn(piece.value);
        yield piece.value;
      }
    } finally {
      await pieces.return(undefined);
    }
  }
  await pour(out, counting(), target);
  return lines;
}

function newlinesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines++;
  return lines;
}

/** The chunks of a stream, which is called off when nobody wants the rest. */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let done = false;
  try {
    for (;;) {
      const next = await reader.read();
      done = next.done;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    if (!done) await reader.cancel().catch(() => undefined);
  }
}
