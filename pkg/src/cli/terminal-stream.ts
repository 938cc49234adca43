// Standard output and standard error: their width, their colours, and what happens when nobody reads any more. All that
// people read goes through here, so that it is in one place that everything is made visible.
import type { WriteStream } from "node:tty";
import { ReaderGone, codeOf, troubleWith } from "./exit.js";
import { type Paint, paintFor, rendered } from "./colors.js";

/** A stream that people or programs read. */
export interface Screen {
  /** Gives a text a look, where looks are wanted. */
  readonly paint: Paint;
  /** The cells of a line. */
  readonly width: number;
  /** Whether it is a terminal that can go back in a line. */
  readonly live: boolean;
  /** Whether it is a terminal at all. */
  readonly terminal: boolean;
  /**
   * Prints lines, with everything in them {@link rendered}. Where the reader has gone there is no error, but false:
   * nobody wants more.
   */
  print(lines: readonly string[]): Promise<boolean>;
  /** Writes the bytes of a file as they are, at the reader's pace; throws a {@link ReaderGone} when there is none. */
  write(chunk: Uint8Array | string): Promise<void>;
}

/** A line's width where there is no terminal: what fits a page of code. */
const widthOfFiles = 100;
/** A line's width where a terminal does not know its own. */
const widthOfTerminals = 80;
/** No line is narrower or wider, whatever a terminal or COLUMNS claims: excerpts are cut to the width. */
const narrowest = 20;
const widest = 1000;

const bounded = (columns: number): number => Math.min(Math.max(columns, narrowest), widest);

/** The width that COLUMNS asks for, if it is a whole number above 0. */
const widthIn = ({ COLUMNS = "" }: NodeJS.ProcessEnv): number =>
  /^0*[1-9]\d*$/.test(COLUMNS) ? Number(COLUMNS) : widthOfFiles;

// What fails is told to each write; the event would end the process.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

/** Writes lines at once, for what cannot wait: commander's output, and the end of the process. */
export const printNow = (stream: NodeJS.WriteStream, lines: readonly string[]): void =>
  void stream.write(`${lines.map(rendered).join("\n")}\n`);

/** The screen of one of the process's streams. */
export function screenOf(stream: NodeJS.WriteStream, asked: boolean | undefined): Screen {
  const { env } = process;
  const terminal = stream.isTTY === true;
  const name = stream === process.stdout ? "standard output" : "standard error";
  const write = (chunk: Uint8Array | string): Promise<void> =>
    new Promise((resolve, reject) =>
      stream.write(chunk, (error) => (error ? reject(failure(name, error)) : resolve())),
    );
  return {
    paint: paintFor({ asked, terminal, env }),
    width: bounded(terminal ? (stream as WriteStream).columns || widthOfTerminals : widthIn(env)),
    live: terminal && env.TERM !== "dumb",
    terminal,
    write,
    async print(lines) {
      try {
        if (lines.length > 0) await write(`${lines.map(rendered).join("\n")}\n`);
        return true;
      } catch (error) {
        if (error instanceof ReaderGone) return false;
        throw error;
      }
    },
  };
}

/** The codes by which streams say that nobody reads them. */
const goneCodes = ["EPIPE", "ERR_STREAM_DESTROYED", "EOF"];

const failure = (name: string, error: Error): unknown =>
  goneCodes.includes(codeOf(error) ?? "") ? new ReaderGone() : troubleWith(name, error);
