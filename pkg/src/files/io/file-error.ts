// The error about a source of bytes. It is identified by `name` and `code` instead of `instanceof`, because a page may
// load two copies of the package.
import { messageOf } from "../../common/thrown.js";
import { hasName } from "../../runtime/errors.js";

/**
 * Why a source cannot be read:
 * - `wrong_source`: the value is not a source of bytes, or it was already read or locked
 * - `unreadable_source`: reading failed, or the file changed between two reads; `cause` is the source's own error
 */
export type FileErrorCode = "wrong_source" | "unreadable_source";

/**
 * Thrown for a source that cannot be read. Invalid content is an issue instead. Identified by its `name`: see
 * {@link isBatchlightFileError}.
 */
export interface BatchlightFileError extends Error {
  /** Identifies the class of errors. */
  readonly name: "BatchlightFileError";
  /** Why the source cannot be read. */
  readonly code: FileErrorCode;
}

/** Whether a caught value is a {@link BatchlightFileError}. */
export const isBatchlightFileError = (error: unknown): error is BatchlightFileError =>
  hasName(error, "BatchlightFileError");

/** Creates a {@link BatchlightFileError}. */
export function fileError(code: FileErrorCode, message: string, cause?: unknown): BatchlightFileError {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  return Object.assign(error, { name: "BatchlightFileError", code } as const);
}

/** Creates the error for a source whose own code failed. */
export const unreadable = (cause: unknown): BatchlightFileError =>
  fileError("unreadable_source", `the source could not be read: ${messageOf(cause)}`, cause);

/** Wraps an error that was thrown by a source; a {@link BatchlightFileError} stays as it is. */
export const toFileError = (error: unknown, wrap = unreadable): unknown =>
  isBatchlightFileError(error) ? error : wrap(error);
