// The error that a run throws. It is known by `name` and `code`, not by `instanceof`.
import type { InputReport } from "#batchlight";
import { hasName } from "../runtime/errors.js";

/**
 * Why a run cannot go on:
 * - `invalid_input`: the file has errors; `report` has them
 * - `input_changed`: the file is not the one that the run began with
 * - `in_use`: another run uses the store
 * - `no_run`: there is no journal to continue
 * - `damaged_journal`: the journal contradicts itself or cannot be read
 * - `account`: the account must be changed first, such as its quota
 * - `refused`: the server refused a request for a reason that does not pass, or did not cancel a batch
 */
export type RunErrorCode =
  | "invalid_input"
  | "input_changed"
  | "in_use"
  | "no_run"
  | "damaged_journal"
  | "account"
  | "refused";

/** Thrown if a run cannot go on. Everything that was reached is in the store. */
export interface BatchlightRunError extends Error {
  /** The name that identifies this error. */
  readonly name: "BatchlightRunError";
  /** The reason. */
  readonly code: RunErrorCode;
  /** The report on a file with errors. */
  readonly report?: InputReport | undefined;
}

/**
 * Whether a caught value is a {@link BatchlightRunError}, for example the error with which `runBatch(…).result`
 * rejects.
 *
 * @example
 * import { isBatchlightRunError } from "batchlight/run";
 * console.log(isBatchlightRunError(new Error("other"))); // false
 */
export const isBatchlightRunError = (error: unknown): error is BatchlightRunError =>
  hasName(error, "BatchlightRunError");

/** Creates a {@link BatchlightRunError}. */
export function runError(
  code: RunErrorCode,
  message: string,
  { cause, report }: { readonly cause?: unknown; readonly report?: InputReport } = {},
): BatchlightRunError {
  const error = new Error(message, cause === undefined ? {} : { cause });
  return Object.assign(error, { name: "BatchlightRunError", code, ...(report && { report }) } as const);
}
