// What every command works with.
import type { Command } from "commander";
import { type Api, loadApi } from "./api.js";
import { Trouble } from "./exit.js";
import { type Bar, barOn } from "./progress-bar.js";
import type { Target } from "./write-target.js";
import { type Screen, screenOf } from "./terminal-stream.js";

/** What a command has at hand. */
export interface Context {
  /** Standard output: results. */
  readonly out: Screen;
  /** Standard error: what is said beside them. */
  readonly err: Screen;
  /** The package's functions on files. */
  readonly api: Api;
  /** A progress bar on standard error; none where bytes go to the terminal meanwhile. */
  bar(what: string, target?: Target): Bar;
  /** Says something beside the results, on standard error. */
  say(...lines: string[]): Promise<boolean>;
}

/** Runs a command's work and leaves with the exit code it gives. */
export function acting<A extends unknown[], O>(
  work: (context: Context, options: O, ...args: A) => Promise<number>,
): (...args: [...A, O, Command]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command;
    const options = given.at(-2) as O;
    const { color } = command.optsWithGlobals<{ color?: boolean }>();
    const out = screenOf(process.stdout, color);
    const err = screenOf(process.stderr, color);
    const context: Context = {
      out,
      err,
      api: await loadApi(),
      bar: (what, target) => {
        const mixed = target !== undefined && target.path === undefined && out.terminal;
        return barOn(process.stderr, mixed ? { ...err, live: false } : err, what);
      },
      say: (...lines) => err.print(lines.map((line) => `batchlight: ${line}`)),
    };
    process.exitCode = await work(context, options, ...(given.slice(0, -2) as A));
  };
}

/** What the package or the system threw, for a file, as one line; defects go on as they are. */
export function lineOf(error: unknown): string | undefined {
  if (error instanceof Trouble) return error.message;
  // Wrong options and unreadable sources: their messages are meant for people.
  if (error instanceof RangeError || (error instanceof Error && error.name.startsWith("Batchlight")))
    return error.message;
  return undefined;
}
