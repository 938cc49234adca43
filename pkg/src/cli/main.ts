// The command `batchlight`: arguments in, an exit code out.
import { CommanderError } from "commander";
import { lineOf } from "./context.js";
import { ReaderGone, exit } from "./exit.js";
import { removeUnfinished } from "./output.js";
import { programOf } from "./program.js";
import { clearBar } from "./progress.js";

process.on("exit", removeUnfinished);
for (const [signal, code] of [
  ["SIGINT", exit.interrupted],
  ["SIGTERM", exit.terminated],
] as const) {
  process.once(signal, () => {
    clearBar();
    process.exit(code);
  });
}

try {
  await programOf().parseAsync();
} catch (error) {
  clearBar();
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exit.fine : exit.trouble;
  else if (error instanceof ReaderGone) process.exitCode = exit.fine;
  else {
    const defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `batchlight: ${lineOf(error) ?? `a defect of batchlight; please report it with this text:\n${defect}`}\n`,
    );
    process.exitCode = exit.trouble;
  }
}
