// Defines the program and its commands with commander.
import { Command, Option } from "commander";
import { version } from "../../package.json";
import { addBoard } from "./commands/board.js";
import { addCheck } from "./commands/check.js";
import { addDigest } from "./commands/digest.js";
import { addFix } from "./commands/fix.js";
import { addMerge } from "./commands/merge.js";
import { addMock } from "./commands/mock.js";
import { addReconcile } from "./commands/reconcile.js";
import { addRetry } from "./commands/retry.js";
import { addRun } from "./commands/run.js";
import { addCancel, addDownload, addResume, addStatus } from "./commands/run-others.js";
import { addSplit } from "./commands/split.js";
import { exitCodeHelp } from "./exit.js";
import { printNow } from "./terminal/terminal-stream.js";

/**
 * Splits an error message of commander into lines. Only commander's suggestion gets a line of its own; other line
 * breaks are part of arguments and are printed as visible characters.
 */
function errorLines(text: string): string[] {
  const [, message = text, suggestion] = /^(?:error: )?(.*?)(?:\n(\(Did you mean [^\n]*\)))?\n$/s.exec(text) ?? [];
  return [`batchlight: ${message}`, ...(suggestion === undefined ? [] : [suggestion])];
}

const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");

/** Rejects empty values, which usually come from an unset variable, as in `--host "$UNSET"`. */
function refuseEmpty(command: Command): void {
  const values = command.opts<Record<string, unknown>>();
  const empty = command.options.find((option) => [values[option.attributeName()]].flat().includes(""));
  if (empty) command.error(`error: option '${empty.flags}': expected a value, found an empty string`);
  if (command.args.includes("")) command.error("error: expected a file name, found an empty string");
}

/** Creates the program. `parseAsync` throws a `CommanderError` instead of ending the process. */
export function programOf(): Command {
  const program = new Command("batchlight")
    .description(
      "Tools for the OpenAI Batch API: check input files before you upload them, run them to their results, match " +
        "results with requests, and retry failed requests. Includes a mock Batch API and a board that shows your " +
        "batches.",
    )
    .version(version, "-V, --version", "print the version")
    .addOption(
      new Option(
        "--color",
        "use colors even if the output is not a terminal; NO_COLOR and FORCE_COLOR are supported too",
      ),
    )
    .addOption(new Option("--no-color", "do not use colors"))
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help for a command")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => printNow(process.stdout, linesOf(text)),
      writeErr: (text) => printNow(process.stderr, linesOf(text)),
      outputError: (text) => printNow(process.stderr, errorLines(text)),
    })
    .showHelpAfterError("Run with --help for usage.")
    .addHelpText("after", `\n${exitCodeHelp}\n\nUse - as a file name for standard input or standard output.`)
    .hook("preAction", (_, command) => refuseEmpty(command))
    .exitOverride();
  // The order in which a user needs the commands.
  const files = [addCheck, addFix, addSplit, addDigest, addReconcile, addRetry, addMerge];
  const runs = [addRun, addStatus, addResume, addDownload, addCancel];
  for (const add of [...files, ...runs, addMock, addBoard]) add(program);
  return program;
}
