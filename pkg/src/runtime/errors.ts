// The errors about batches that the package throws. They are identified by `name` and `code` instead of `instanceof`,
// because a page may load two copies of the package.
import type { BatchIssue, BatchStatus, TransitionCode, TransitionError } from "../../generated/types.js";

/** Thrown for a value that is not a valid batch. Identified by its `name`: see {@link isBatchValidationError}. */
export interface BatchValidationError extends Error {
  /** Identifies the class of errors. */
  readonly name: "BatchValidationError";
  /** Always `invalid_batch`. */
  readonly code: "invalid_batch";
  /** All issues, warnings and notes included. */
  readonly issues: readonly BatchIssue[];
}

/** Thrown for a transition that a batch cannot make. Identified by its `name`: see {@link isBatchTransitionError}. */
export interface BatchTransitionError extends Error {
  /** Identifies the class of errors. */
  readonly name: "BatchTransitionError";
  /** Why the transition is not possible. */
  readonly code: TransitionCode;
  /** The current status of the batch. */
  readonly from: BatchStatus;
  /** The status that was requested. */
  readonly to: BatchStatus;
  /** The statuses that can follow the current one; empty if it is terminal. */
  readonly allowed: readonly BatchStatus[];
}

/** Whether a caught value has a name. Never throws. True also for errors of another realm or copy of the package. */
export function hasName(error: unknown, name: string): boolean {
  try {
    return typeof error === "object" && error !== null && "name" in error && error.name === name;
  } catch {
    return false;
  }
}

/**
 * Whether a caught value is a {@link BatchValidationError}, such as `parseBatch` throws.
 *
 * @example
 * import { formatIssues, isBatchValidationError, parseBatch } from "batchlight";
 * try {
 *   parseBatch({ object: "batch" });
 * } catch (error) {
 *   if (!isBatchValidationError(error)) throw error;
 *   console.log(formatIssues(error.issues));
 * }
 */
export const isBatchValidationError = (error: unknown): error is BatchValidationError =>
  hasName(error, "BatchValidationError");

/** Whether a caught value is a {@link BatchTransitionError}, such as `transition` throws. */
export const isBatchTransitionError = (error: unknown): error is BatchTransitionError =>
  hasName(error, "BatchTransitionError");

/** Creates a {@link BatchValidationError}. Its message is that of the first error, and the number of the others. */
export function validationError(issues: readonly BatchIssue[]): BatchValidationError {
  const errors = issues.filter(({ level }) => level === "error");
  const more = errors.length - 1;
  const rest = more > 0 ? ` (and ${more} more problem${more === 1 ? "" : "s"})` : "";
  const error = new Error(`${errors[0]?.message ?? "no batch"}${rest}`);
  return Object.assign(error, { name: "BatchValidationError", code: "invalid_batch", issues } as const);
}

/** Creates a {@link BatchTransitionError}. */
export function transitionError({ message, ...details }: TransitionError): BatchTransitionError {
  return Object.assign(new Error(message), { name: "BatchTransitionError", ...details } as const);
}

/**
 * The index of a name in a list.
 *
 * @param parameter the parameter or option that holds the name, for the error
 * @throws {RangeError} if the list does not contain the name
 */
export function indexOfName(parameter: string, names: readonly string[], name: unknown): number {
  const index = names.indexOf(name as string);
  if (index >= 0) return index;
  const found = typeof name === "string" ? JSON.stringify(name.slice(0, 80)) : typeof name;
  throw new RangeError(`expected ${parameter} to be one of ${names.join(", ")}, found ${found}`);
}
