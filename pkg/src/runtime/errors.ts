// The errors the package throws about what it was given. Known by `name` and `code`, not by `instanceof`: a page may
// hold two copies.
import type { BatchIssue, BatchStatus, TransitionCode, TransitionError } from "../../generated/types.js";

/** Thrown for a value that is no batch: every issue at once. Known by its `name`. */
export interface BatchValidationError extends Error {
  /** What tells this error from others. */
  readonly name: "BatchValidationError";
  /** Always this one. */
  readonly code: "invalid_batch";
  /** Every issue, warnings and notes included. */
  readonly issues: readonly BatchIssue[];
}

/** Thrown for a move that a batch cannot make. Known by its `name`. */
export interface BatchTransitionError extends Error {
  /** What tells this error from others. */
  readonly name: "BatchTransitionError";
  /** Why it cannot be made. */
  readonly code: TransitionCode;
  /** The status the batch is in. */
  readonly from: BatchStatus;
  /** The status it was to enter. */
  readonly to: BatchStatus;
  /** The statuses it can enter; empty when it has ended. */
  readonly allowed: readonly BatchStatus[];
}

/** Makes a {@link BatchValidationError}: its message is the first error, and how many more there are. */
export function validationError(issues: readonly BatchIssue[]): BatchValidationError {
  const errors = issues.filter(({ level }) => level === "error");
  const more = errors.length - 1;
  const rest = more > 0 ? ` (and ${more} more problem${more === 1 ? "" : "s"})` : "";
  const error = new Error(`${errors[0]?.message ?? "no batch"}${rest}`);
  return Object.assign(error, { name: "BatchValidationError", code: "invalid_batch", issues } as const);
}

/** Makes a {@link BatchTransitionError}. */
export function transitionError({ message, ...facts }: TransitionError): BatchTransitionError {
  return Object.assign(new Error(message), { name: "BatchTransitionError", ...facts } as const);
}

/** The place of a name in a list, or an error that shows the list. */
export function indexOfName(what: string, names: readonly string[], name: unknown): number {
  const index = names.indexOf(name as string);
  if (index >= 0) return index;
  const found = typeof name === "string" ? JSON.stringify(name.slice(0, 80)) : typeof name;
  throw new RangeError(`expected ${what} to be one of ${names.join(", ")}, found ${found}`);
}
