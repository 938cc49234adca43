// The context that every command runs in.
import type { Command } from "commander";
import { type Api, loadApi } from "./api.js";
import { CliError } from "./exit.js";
import { type ProgressBar, createProgressBar } from "./terminal/progress-bar.js";
import type { WriteTarget } from "./io/write-target.js";
import { type TerminalStream, openTerminalStream } from "./terminal/terminal-stream.js";

/** What a command needs to do its work. */
export interface Context {
  /** Standard output, for results. */
  readonly out: TerminalStream;
  /** Standard error, for progress and notes. */
  readonly err: TerminalStream;
  readonly api: Api;
  /**
   * Creates a progress bar on standard error. The bar stays hidden if the command writes file content to the same
   * terminal.
   */
  progressBar(label: string, target?: WriteTarget): ProgressBar;
  /** Prints lines to standard error, each with the prefix `batchlight: `. Returns false if nobody reads the stream. */
  log(...lines: string[]): Promise<boolean>;
}

/** Wraps a command's action for commander: creates the context and sets the exit code that the action returns. */
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
      progressBar: (label, target) => {
        const sharesTerminal = target !== undefined && target.path === undefined && out.isTerminal;
        return createProgressBar(process.stderr, sharesTerminal ? { ...err, canRedraw: false } : err, label);
      },
      log: (...lines) => err.print(lines.map((line) => `batchlight: ${line}`)),
    };
    process.exitCode = await action(context, options, ...(args.slice(0, -2) as A));
  };
}

/**
 * The message of an expected error, on one line. Returns undefined for defects, which are reported with a stack trace.
 */
export function userMessage(error: unknown): string | undefined {
  if (error instanceof CliError) return error.message;
  // The package throws these for invalid options and unreadable files.
  if (error instanceof RangeError || (error instanceof Error && error.name.startsWith("Batchlight")))
    return error.message;
  return undefined;
}
