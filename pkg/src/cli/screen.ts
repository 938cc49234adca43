// Standard output and standard error: their width, their colours, and what happens when nobody reads any more.
import type { WriteStream } from "node:tty";
import { ReaderGone, codeOf, troubleWith } from "./exit.js";
import { type Paint, paintFor } from "./paint.js";

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
  /** Prints lines. Where the reader has gone there is no error, but false: nobody wants more. */
  print(lines: readonly string[]): Promise<boolean>;
  /** Writes as it is, at the reader's pace; throws a {@link ReaderGone} when there is none. */
  write(chunk: Uint8Array | string): Promise<void>;
}

/** A line's width where there is no terminal: what fits a page of code. */
const widthOfFiles = 100;

/** The screen of one of the process's streams. */
export function screenOf(stream: NodeJS.WriteStream, asked: boolean | undefined): Screen {
  const { env } = process;
  const terminal = stream.isTTY === true;
  const name = stream === process.stdout ? "standard output" : "standard error";
  // What fails is told to each write; the event would end the process.
  stream.on("error", () => undefined);
  const write = (chunk: Uint8Array | string): Promise<void> =>
    new Promise((resolve, reject) =>
      stream.write(chunk, (error) => (error ? reject(failure(name, error)) : resolve())),
    );
  return {
    paint: paintFor({ asked, terminal, env }),
    width: terminal ? (stream as WriteStream).columns || 80 : Number(env.COLUMNS) || widthOfFiles,
    live: terminal && env.TERM !== "dumb",
    terminal,
    write,
    async print(lines) {
      try {
        if (lines.length > 0) await write(`${lines.join("\n")}\n`);
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
