// The error entries of a batch, as they are read from any value.
import { entryFieldNames, maxErrorEntries, nestingKeys } from "../../generated/facts.js";
import { attempt, isArray, isObject, lengthOf, readProperty } from "../runtime/property-access.js";

/**
 * The error entries, in each of the forms that servers send: an array in `data`, an array in place of the object, a
 * string, or a single entry in place of the object.
 */
export function entriesOf(errors: unknown, data: unknown): unknown[] {
  if (errors === undefined || errors === null) return [];
  const list = isArray(data) ? data : isArray(errors) ? errors : undefined;
  if (list !== undefined) {
    const length = Math.min(lengthOf(list), maxErrorEntries);
    return Array.from({ length }, (_, index) => readProperty(list, index));
  }
  if (typeof errors === "string" && errors !== "") return [errors];
  return fieldsOf(withoutNesting(errors)).some((value) => value !== undefined) ? [errors] : [];
}

/**
 * An error entry with the fields of the error that some servers nest in it, at most two deep: Azure in `message`, vLLM
 * in `error`. The entry itself if there is none.
 */
export function withoutNesting(entry: unknown, depth = 2): unknown {
  const nested = isObject(entry) && nestingKeys.map((name) => readProperty(entry, name)).find(isObject);
  return nested && depth ? attempt(() => ({ ...entry, ...(withoutNesting(nested, depth - 1) as object) })) : entry;
}

/** The fields of an error entry, in their order. */
export const fieldsOf = (entry: unknown): unknown[] =>
  entryFieldNames.map((name) => (isObject(entry) ? readProperty(entry, name) : undefined));
