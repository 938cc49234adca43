// What every command works with.
import type { Command } from "commander";
import { type Api, loadApi } from "./api.js";
import { CliError } from "./exit.js";
import { type ProgressBar, createProgressBar } from "./progress-bar.js";
import type { WriteTarget } from "./write-target.js";
import { type TerminalStream, openTerminalStream } from "./terminal-stream.js";

/** What a command has at hand. */
export interface Context {
  /** Standard output: results. */
  readonly out: TerminalStream;
  /** Standard error: what is said beside them. */
  readonly err: TerminalStream;
  /** The package's functions on files. */
  readonly api: Api;
  /** A progress bar on standard error; none where bytes go to the terminal meanwhile. */
  progressBar(what: string, target?: WriteTarget): ProgressBar;
  /** Says something beside the results, on standard error. */
  log(...lines: string[]): Promise<boolean>;
}

/** Runs a command's action and leaves with the exit code it gives. */
export function runCommand<A extends unknown[], O>(
  action: (context: Context, options: O, ...values: A) => Promise<number>,
): (...args: [...A, O, Command]) => Promise<void> {
  return async (...args) => {
    const command = args.at(-1) as Command;
    const options = args.at(-2) as O;
    const { color } = command.optsWithGlobals<{ color?: boolean }>();
    const out = openTerminalStream(process.stdout, color);
    const err = openTerminalStream(process.stderr, color);
    const context: Context = {
      out,
      err,
      api: await loadApi(),
      progressBar: (what, target) => {
        const sharesTerminal = target !== undefined && target.path === undefined && out.isTerminal;
        return createProgressBar(process.stderr, sharesTerminal ? { ...err, canRedraw: false } : err, what);
      },
      log: (...lines) => err.print(lines.map((line) => `batchlight: ${line}`)),
    };
    process.exitCode = await action(context, options, ...(args.slice(0, -2) as A));
  };
}

/** What the package or the system threw, for a file, as one line; defects go on as they are. */
export function userMessage(error: unknown): string | undefined {
  if (error instanceof CliError) return error.message;
  // Wrong options and unreadableContent sources: their messages are meant for people.
  if (error instanceof RangeError || (error instanceof Error && error.name.startsWith("Batchlight")))
    return error.message;
  return undefined;
}
