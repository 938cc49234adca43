// What people call a batch: the name in its metadata, the name of its input file, or its id.
import { metadataName } from "#common/batch-name.js";
import type { StoredBatch } from "./batch-store.js";

/** Returns the name of the input file, once it is known. */
export function inputFileName(
  { view }: Pick<StoredBatch, "view">,
  fileNames: ReadonlyMap<string, string>,
): string | undefined {
  const id = view.files.find(({ role }) => role === "input")?.id;
  return id === undefined ? undefined : fileNames.get(id);
}

/** Returns the name of a batch. */
export const nameOf = (stored: StoredBatch, fileNames: ReadonlyMap<string, string>): string =>
  metadataName(stored.batch) ?? inputFileName(stored, fileNames) ?? stored.id ?? "without an id";
