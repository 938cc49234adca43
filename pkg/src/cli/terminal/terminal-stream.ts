// Standard output and standard error: width, colors and closed pipes. All output for people goes through this file,
// which makes invisible characters visible.
import type { WriteStream } from "node:tty";
import { BrokenPipe, errorCode, toCliError } from "../exit.js";
import { type Paint, createPaint, renderLine } from "./colors.js";

/** An output stream for people or programs. */
export interface TerminalStream {
  /** Applies styles if the stream uses colors. */
  readonly paint: Paint;
  /** The width of a line in cells. */
  readonly width: number;
  /** Whether the stream is a terminal that can redraw a line. */
  readonly canRedraw: boolean;
  /** Whether the stream is a terminal. */
  readonly isTerminal: boolean;
  /** Prints lines after {@link renderLine}. Returns false if the reader has closed the stream. */
  print(lines: readonly string[]): Promise<boolean>;
  /**
   * Writes the bytes of a file unchanged and waits for the reader.
   *
   * @throws {BrokenPipe} if the reader has closed the stream
   */
  write(chunk: Uint8Array | string): Promise<void>;
}

/** The width of a line if the output is not a terminal. */
const defaultFileWidth = 100;
/** The width of a line if the terminal does not report its width. */
const defaultTerminalWidth = 80;
/** Bounds for the width that a terminal or COLUMNS reports, because excerpts are clipped to it. */
const minWidth = 20;
const maxWidth = 1000;

const clampWidth = (columns: number): number => Math.min(Math.max(columns, minWidth), maxWidth);

/** The width from COLUMNS if it is a positive integer, else the default. */
const widthFromEnv = ({ COLUMNS = "" }: NodeJS.ProcessEnv): number =>
  /^0*[1-9]\d*$/.test(COLUMNS) ? Number(COLUMNS) : defaultFileWidth;

// Each write reports its own error. Without a listener, the `error` event would end the process.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

/** Writes lines immediately, for commander's output and messages at the end of the process. */
export const printNow = (stream: NodeJS.WriteStream, lines: readonly string[]): void =>
  void stream.write(`${lines.map(renderLine).join("\n")}\n`);

/** Opens standard output or standard error. `option` is the value of `--color`. */
export function openTerminalStream(stream: NodeJS.WriteStream, option: boolean | undefined): TerminalStream {
  const { env } = process;
  const isTerminal = stream.isTTY === true;
  const name = stream === process.stdout ? "standard output" : "standard error";
  const write = (chunk: Uint8Array | string): Promise<void> =>
    new Promise((resolve, reject) =>
      stream.write(chunk, (error) => (error ? reject(toStreamError(name, error)) : resolve())),
    );
  return {
    paint: createPaint({ option, isTerminal, env }),
    width: clampWidth(isTerminal ? (stream as WriteStream).columns || defaultTerminalWidth : widthFromEnv(env)),
    canRedraw: isTerminal && env.TERM !== "dumb",
    isTerminal,
    write,
    async print(lines) {
      try {
        if (lines.length > 0) await write(`${lines.map(renderLine).join("\n")}\n`);
        return true;
      } catch (error) {
        if (error instanceof BrokenPipe) return false;
        throw error;
      }
    },
  };
}

/** The error codes of closed pipes. */
const brokenPipeCodes = ["EPIPE", "ERR_STREAM_DESTROYED", "EOF"];

const toStreamError = (name: string, error: Error): unknown =>
  brokenPipeCodes.includes(errorCode(error) ?? "") ? new BrokenPipe() : toCliError(name, error);
