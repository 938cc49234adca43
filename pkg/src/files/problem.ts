import { hasName } from "../runtime/errors.js";

/**
 * Why a file could not be worked on:
 * - `wrong_source`: what was given is nothing that bytes can be read from, or was read or locked by somebody before
 * - `unreadable_source`: reading it failed; `cause` has the source's own error
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

/** The problem that a source's own failure makes; aborting it says nothing of the source and goes through. */
export const unreadable = (cause: unknown): FileProblem =>
  fileProblem(
    "unreadable_source",
    `the source could not be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    cause,
  );
