import { hasName } from "../../runtime/errors.js";

/**
 * Why a file could not be worked on:
 * - `wrong_source`: what was given is nothing that bytes can be read from, or was read or locked by somebody before
 * - `unreadable_source`: reading it failed, or it has changed since it was read first; `cause` has the source's own
 *   error
 */
export type FileProblemCode = "wrong_source" | "unreadable_source";

/**
 * An error about a source of bytes, not about what is in it: that is an issue. Known by its name, not by `instanceof`.
 */
export interface FileProblem extends Error {
  /** What tells this error from others. */
  readonly name: "BatchlightFileError";
  /** Why. */
  readonly code: FileProblemCode;
}

/** Whether a caught value is a {@link FileProblem}, whose name is `BatchlightFileError`. */
export const isBatchlightFileError = (error: unknown): error is FileProblem => hasName(error, "BatchlightFileError");

/** Makes a {@link FileProblem}. */
export function fileProblem(code: FileProblemCode, message: string, cause?: unknown): FileProblem {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  return Object.assign(error, { name: "BatchlightFileError", code } as const);
}

/** The {@link FileProblem} that a failure of the source itself makes. */
export const unreadable = (cause: unknown): FileProblem =>
  fileProblem("unreadable_source", `the source could not be read: ${messageOf(cause)}`, cause);

/** An error that was thrown while a source was looked at or read: as it is if it is a {@link FileProblem}. */
export const asProblem = (error: unknown, otherwise = unreadable): unknown =>
  isFileProblem(error) ? error : otherwise(error);

/** What a thrown value says; whatever can be thrown has a message, also an object that cannot be looked at. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown);
  } catch {
    return "what was thrown cannot be shown";
  }
}

function isFileProblem(error: unknown): error is FileProblem {
  try {
    return error instanceof Error && error.name === "BatchlightFileError";
  } catch {
    return false;
  }
}
