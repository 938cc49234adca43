// Ids of files and batches.
import { throwApiError } from "../http/api-error.js";

const planned = /^file-[\w-]{1,128}$/;
const file = /^(?:file[-_][\w-]{1,128}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;
const batch = /^batch_[\w-]{1,128}$/;

/** Whether a value is a valid file id for a plan. */
export const isPlannedFileId = (id: unknown): id is string => typeof id === "string" && planned.test(id);

/** Whether a value is a valid file id. Includes ids without a prefix, which some servers use. */
export const isFileId = (id: unknown): id is string => typeof id === "string" && file.test(id);

/** Whether a value is a valid batch id. */
export const isBatchId = (id: unknown): id is string => typeof id === "string" && batch.test(id);

/** Ends a request whose plan contains an invalid or used id. */
export const throwIdError = (field: string, id: unknown, taken: boolean): never =>
  throwApiError(
    "plan",
    taken
      ? `expected an unused file id, found ${quoted(id)} at ${field}`
      : `expected "file-" and 1 to 128 ASCII letters, digits, "_" and "-", found ${quoted(id)} at ${field}`,
  );

const quoted = (id: unknown): string => {
  const text = JSON.stringify(id) ?? String(id);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};
