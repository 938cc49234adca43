// Writes a command's output to a file or to standard output.
import { CliError } from "../exit.js";
import { assertWritable, writeAtomically } from "../storage/atomic-file.js";
import type { TerminalStream } from "../terminal/terminal-stream.js";
import { standardStream } from "./input-source.js";
import { chunksOf } from "../../files/io/byte-stream.js";

/** The destination of a command's output. */
export interface WriteTarget {
  /** The file's path, or undefined for standard output. */
  readonly path: string | undefined;
  /** Whether an existing file may be overwritten. */
  readonly force: boolean;
}

/** The values of the options that name the destination. */
export interface WriteTargetOptions {
  readonly to?: string;
  readonly force?: true;
  readonly json?: true;
}

/**
 * Resolves the options to a destination.
 *
 * @throws {CliError} if the file may not be written, or if `--json` and the file would share standard output
 */
export async function resolveTarget({ to, force, json }: WriteTargetOptions): Promise<WriteTarget> {
  const path = to === standardStream ? undefined : to;
  if (path !== undefined) await assertWritable(path, force === true);
  else if (json) throw new CliError("--json and the file both use standard output; use -o FILE");
  return { path, force: force === true };
}

/** Writes chunks to a destination. */
export async function writeTo(
  out: TerminalStream,
  chunks: AsyncIterable<Uint8Array>,
  { path, force }: WriteTarget,
): Promise<void> {
  if (path !== undefined) return writeAtomically(path, chunks, force);
  for await (const chunk of chunks) await out.write(chunk);
}

/** Writes lines to a destination and returns their number. Creates no file if there are no lines. */
export async function writeLinesTo(
  out: TerminalStream,
  stream: ReadableStream<Uint8Array>,
  target: WriteTarget,
): Promise<number> {
  const chunks = chunksOf(stream);
  const first = await chunks.next();
  if (first.done) return 0;
  let lines = 0;
  async function* counting(): AsyncGenerator<Uint8Array> {
    try {
      for (let chunk = first; !chunk.done; chunk = await chunks.next()) {
        lines += newlinesIn(chunk.value);
        yield chunk.value;
      }
    } finally {
      await chunks.return(undefined);
    }
  }
  await writeTo(out, counting(), target);
  return lines;
}

function newlinesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines++;
  return lines;
}
