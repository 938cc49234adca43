// The attributes of an element that shows one batch, by which styles of the page can tell batches apart.
import type { BatchView } from "#batchlight";

/** The attributes by name; `undefined` for one that the batch does not have. */
export const hostAttributes = (view: BatchView | undefined): Readonly<Record<string, string | undefined>> => ({
  "data-tone": view?.tone,
  "data-status": view?.knownStatus,
  "data-outcome": view?.outcome,
});
