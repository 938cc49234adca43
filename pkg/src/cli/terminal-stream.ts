// Standard output and standard error: their width, their levelColors, and what happens when nobody reads any more. All that
// people read goes through here, so that it is in one place that everything is made visible.
import type { WriteStream } from "node:tty";
import { BrokenPipe, errorCode, toCliError } from "./exit.js";
import { type Paint, createPaint, renderLine } from "./colors.js";

/** A stream that people or programs read. */
export interface TerminalStream {
  /** Gives a text a look, where looks are wanted. */
  readonly paint: Paint;
  /** The cells of a line. */
  readonly width: number;
  /** Whether it is a terminal that can go back in a line. */
  readonly canRedraw: boolean;
  /** Whether it is a terminal at all. */
  readonly isTerminal: boolean;
  /**
   * Prints lines, with everything in them {@link renderLine}. Where the reader has gone there is no error, but false:
   * nobody wants more.
   */
  print(lines: readonly string[]): Promise<boolean>;
  /** Writes the bytes of a file as they are, at the reader's pace; throws a {@link BrokenPipe} when there is none. */
  write(chunk: Uint8Array | string): Promise<void>;
}

/** A line's width where there is no terminal: what fits a page of code. */
const defaultFileWidth = 100;
/** A line's width where a terminal does not know its own. */
const defaultTerminalWidth = 80;
/** No line is narrower or wider, whatever a terminal or COLUMNS claims: excerpts are cut to the width. */
const minWidth = 20;
const maxWidth = 1000;

const clampWidth = (columns: number): number => Math.min(Math.max(columns, minWidth), maxWidth);

/** The width that COLUMNS asks for, if it is a whole number above 0. */
const widthFromEnv = ({ COLUMNS = "" }: NodeJS.ProcessEnv): number =>
  /^0*[1-9]\d*$/.test(COLUMNS) ? Number(COLUMNS) : defaultFileWidth;

// What fails is told to each write; the event would end the process.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

/** Writes lines at once, for what cannot wait: commander's output, and the end of the process. */
export const printNow = (stream: NodeJS.WriteStream, lines: readonly string[]): void =>
  void stream.write(`${lines.map(renderLine).join("\n")}\n`);

/** The screen of one of the process's streams. */
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

/** The codes by which streams say that nobody reads them. */
const brokenPipeCodes = ["EPIPE", "ERR_STREAM_DESTROYED", "EOF"];

const toStreamError = (name: string, error: Error): unknown =>
  brokenPipeCodes.includes(errorCode(error) ?? "") ? new BrokenPipe() : toCliError(name, error);
