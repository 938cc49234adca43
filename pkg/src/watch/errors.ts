// The error that watching itself throws. It is known by `name` and `code`, not by `instanceof`: a page may load two
// copies of the package.
import type { BatchView } from "#batchlight";
import { hasName } from "../runtime/errors.js";

/** Thrown after three polls in a row returned something other than a batch. */
export interface BatchlightWatchError extends Error {
  /** The name that identifies this error. */
  readonly name: "BatchlightWatchError";
  /** The reason; there is only this one. */
  readonly code: "not_a_batch";
  /** What the last poll returned. */
  readonly response: unknown;
}

/** Whether a caught value is a {@link BatchlightWatchError}, such as `watchBatch` throws. */
export const isBatchlightWatchError = (error: unknown): error is BatchlightWatchError =>
  hasName(error, "BatchlightWatchError");

/** Creates a {@link BatchlightWatchError} from a response and its view, whose first issue says what is wrong. */
export function notABatchError(response: unknown, { issues, summary }: BatchView): BatchlightWatchError {
  const error = new Error(`retrieve did not return a batch: ${issues[0]?.message ?? summary}`);
  return Object.assign(error, { name: "BatchlightWatchError", code: "not_a_batch", response } as const);
}
