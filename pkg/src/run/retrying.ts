// Repeats requests that can be repeated, until they succeed or waiting cannot help.
import { propertyOf } from "../common/list-page.js";
import { messageOf } from "../common/thrown.js";
import { backoffSeconds, retryAfterSeconds } from "../watch/retry-policy.js";
import { accountHelp, isFinal } from "./api/api.js";
import { runError } from "./errors.js";
import type { RunContext, ShardEvent } from "./types.js";

/** Waits a number of seconds. Throws the signal's reason if it aborts meanwhile. */
export async function sleep({ clock, signal }: RunContext, seconds: number): Promise<void> {
  await clock.sleep(seconds * 1000, signal);
  signal.throwIfAborted();
}

/** The middle of the range of the jitter. A run is one process, so its pauses need no jitter. */
const noJitter = 0.5;

/** The seconds to pause after a number of failures in a row, from 1. */
export const pauseAfter = (failures: number): number => backoffSeconds(failures, noJitter);

/** The seconds to wait after a number of failures in a row, at least as long as the server asks for. */
export const waitAfter = (context: RunContext, error: unknown, failures: number): number =>
  Math.max(pauseAfter(failures), retryAfterSeconds(error, context.clock.now()));

/** The error for a request that failed permanently. */
export function finalError(what: string, error: unknown): Error {
  const message = messageOf(error);
  const help = accountHelp(error);
  return help === undefined
    ? runError("refused", `${what} was refused: ${message}`, { cause: error })
    : runError("account", `${what} was refused: ${message}; ${help}; then continue the run`, { cause: error });
}

/**
 * Sends a request that can be repeated, until it succeeds.
 *
 * @param maxFailures the number of failures after which the last error is thrown
 * @throws {BatchlightRunError} if it failed and waiting cannot help; the signal's reason if it aborts
 */
export async function retrying<T>(
  context: RunContext,
  of: ShardEvent,
  what: string,
  request: () => Promise<T>,
  maxFailures = Infinity,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    context.signal.throwIfAborted();
    try {
      return await request();
    } catch (error) {
      context.signal.throwIfAborted();
      // An error of the store or a defect of this package: retrying does not help.
      if (isLocal(error)) throw error;
      if (isFinal(error)) throw finalError(what, error);
      if (failures >= maxFailures) throw error;
      const seconds = waitAfter(context, error, failures);
      context.emit({ type: "waiting", ...of, reason: "server", seconds, error });
      await sleep(context, seconds);
    }
  }
}

/** The system calls that write a store. */
const storageCalls: readonly unknown[] = ["open", "write", "fsync", "rename"];

/** Whether an error comes from the store or from this package, and not from the network. A retry would fail again. */
const isLocal = (error: unknown): boolean =>
  storageCalls.includes(propertyOf(error, "syscall")) ||
  propertyOf(error, "name") === "QuotaExceededError" ||
  String(propertyOf(error, "name")).startsWith("Batchlight");
