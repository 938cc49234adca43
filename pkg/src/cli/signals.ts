// Signals that a command handles itself instead of ending at once.
import { signalExitCodes } from "./exit.js";

/** The signals that ask a program to end. */
const endSignals = ["SIGHUP", "SIGINT", "SIGTERM"] as const;

/**
 * Calls a function at the first signal that asks the command to end. A later one ends the process at once.
 *
 * @param lateExitCode the exit code of a process that a later signal ends; default: that of the signal
 */
export function atFirstSignal(end: () => void, lateExitCode?: number): void {
  let isFirst = true;
  for (const signal of endSignals) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (!isFirst) process.exit(lateExitCode ?? signalExitCodes[signal]);
      isFirst = false;
      end();
    });
  }
}
