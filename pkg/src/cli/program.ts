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
import { addSplit } from "./commands/split.js";
import { exitCodeHelp } from "./exit.js";
import { printNow } from "./terminal-stream.js";

/**
 * Splits an error message of commander into lines. Only commander's suggestion gets a line of its own; other line
 * breaks are part of arguments and are printed as visible characters.
 */
function errorLines(text: string): string[] {
  const [, message = text, meant] = /^(?:error: )?(.*?)(?:\n(\(Did you mean [^\n]*\)))?\n$/s.exec(text) ?? [];
  return [`batchlight: ${message}`, ...(meant === undefined ? [] : [meant])];
}

const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");

/** Rejects empty values, which usually come from an unset variable, as in `--host "$UNSET"`. */
function refuseEmpty(command: Command): void {
  const values = command.opts<Record<string, unknown>>();
  const empty = command.options.find((option) => [values[option.attributeName()]].flat().includes(""));
  if (empty) command.error(`error: option '${empty.flags}': expected a value, found an empty one`);
  if (command.args.includes("")) command.error("error: expected the name of a file, found an empty one");
}

/** Creates the program. `parseAsync` throws a `CommanderError` instead of ending the process. */
export function programOf(): Command {
  const program = new Command("batchlight")
    .description(
      "Input and result files of the OpenAI Batch API: check them before they are sent, match results against " +
        "requests, send again what failed. And a Batch API on your machine to try it all on.",
    )
    .version(version, "-V, --version", "print the version")
    .addOption(new Option("--color", "colours even where there is no terminal; NO_COLOR and FORCE_COLOR work too"))
    .addOption(new Option("--no-color", "no colours"))
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => printNow(process.stdout, linesOf(text)),
      writeErr: (text) => printNow(process.stderr, linesOf(text)),
      outputError: (text) => printNow(process.stderr, errorLines(text)),
    })
    .showHelpAfterError("(--help shows how it is used)")
    .addHelpText(
      "after",
      `\n${exitCodeHelp}\n\n- is standard input where a file is read, and standard output where one is written.`,
    )
    .hook("preAction", (_, command) => refuseEmpty(command))
    .exitOverride();
  // The order in which a user needs the commands.
  for (const add of [addCheck, addFix, addSplit, addDigest, addReconcile, addRetry, addMerge, addMock, addBoard])
    add(program);
  return program;
}
