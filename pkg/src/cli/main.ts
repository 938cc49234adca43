// The entry of the command `batchlight`.
import { CommanderError } from "commander";
import { userMessage } from "./context.js";
import { BrokenPipe, signalExitCodes, exitCodes } from "./exit.js";
import { removeTemporaryFiles } from "./storage/atomic-file.js";
import { programOf } from "./program.js";
import { clearProgressBar } from "./terminal/progress-bar.js";
import { printNow } from "./terminal/terminal-stream.js";

process.on("exit", removeTemporaryFiles);
for (const [signal, code] of Object.entries(signalExitCodes)) {
  process.once(signal, () => {
    clearProgressBar();
    process.exit(code);
  });
}

try {
  await programOf().parseAsync();
} catch (error) {
  clearProgressBar();
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.error;
  else if (error instanceof BrokenPipe) process.exitCode = exitCodes.ok;
  else {
    const line = userMessage(error);
    const defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
    printNow(
      process.stderr,
      line === undefined
        ? ["batchlight: internal error; please report this message:", ...defect.split("\n")]
        : [`batchlight: ${line}`],
    );
    process.exitCode = exitCodes.error;
  }
}
