// The command `batchlight`: arguments in, an exit code out.
import { CommanderError } from "commander";
import { lineOf } from "./context.js";
import { ReaderGone, endings, exit } from "./exit.js";
import { removeUnfinished } from "./atomic-file.js";
import { programOf } from "./program.js";
import { clearBar } from "./progress-bar.js";
import { printNow } from "./terminal-stream.js";

process.on("exit", removeUnfinished);
for (const [signal, code] of Object.entries(endings)) {
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
    const line = lineOf(error);
    const defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
    printNow(
      process.stderr,
      line === undefined
        ? ["batchlight: a defect of batchlight; please report it with this text:", ...defect.split("\n")]
        : [`batchlight: ${line}`],
    );
    process.exitCode = exit.trouble;
  }
}
