// From a valid value to a ParsedBatch: empty optional fields are removed, and the fixes of the module are applied.
import type { FixOutput } from "../../generated/answers.js";
import { entriesName, errorsName } from "../../generated/facts.js";
import { isReadFailure, keysOf, prototypeOf, readProperty } from "../runtime/property-access.js";
import { fieldTable } from "./field-table.js";
import type { ParsedBatch } from "./types.js";

type Properties = Record<string, unknown>;

/**
 * The batch that a valid value holds: the value itself if nothing has to change, otherwise a copy without empty
 * optional fields and with the fixes applied. The value is never changed.
 */
export function normalize(value: object, fixes: readonly FixOutput[]): ParsedBatch {
  const inherits = mayInherit(value);
  if (fixes.length === 0 && !inherits && isNormal(value)) return value as ParsedBatch;
  const { batchFields, optionalFields } = fieldTable();
  const batch = copyWithoutEmpty(value, optionalFields);
  if (inherits)
    for (const name of batchFields)
      if (!(name in batch) && !isEmpty(readProperty(value, name))) batch[name] = readProperty(value, name);
  for (const { path, string, seconds, errors, counts } of fixes)
    applyFix(batch, path, string ?? seconds ?? errors ?? counts);
  const errors = batch[errorsName];
  if (typeof errors === "object" && errors !== null) batch[errorsName] = normalizeErrors(errors);
  return batch as unknown as ParsedBatch;
}

/** Whether the value of a field counts as absent. */
const isEmpty = (value: unknown): boolean => value === null || value === "" || value === undefined;

/** Whether a valid value without fixes has no empty optional field and no unreadable property. */
function isNormal(value: object): boolean {
  const { entryFields, optionalErrorsFields, optionalFields } = fieldTable();
  if (hasEmpty(value, optionalFields)) return false;
  const errors = readProperty(value, errorsName);
  if (typeof errors !== "object" || errors === null) return true;
  const entries = readProperty(errors, entriesName);
  const mustChange = (entry: unknown): boolean =>
    typeof entry !== "object" || entry === null || hasEmpty(entry, entryFields);
  return !hasEmpty(errors, optionalErrorsFields) && !(Array.isArray(entries) && entries.some(mustChange));
}

/** Whether an object has an empty optional field, or a property that cannot be read. */
function hasEmpty(value: object, optional: ReadonlySet<string>): boolean {
  try {
    for (const key of Object.keys(value)) if (isEmpty((value as Properties)[key]) && optional.has(key)) return true;
    return false;
  } catch {
    return true;
  }
}

/** Whether an object can have fields on its prototype, as instances of classes have. */
function mayInherit(value: object): boolean {
  const prototype = prototypeOf(value);
  return prototype !== Object.prototype && prototype !== null;
}

/** A copy of an object without its empty optional fields and its unreadable properties. */
function copyWithoutEmpty(value: object, optional: ReadonlySet<string>): Properties {
  try {
    return copy(value, optional, (name) => (value as Properties)[name]);
  } catch {
    // A getter threw: read each property on its own, which is slower.
    return copy(value, optional, (name) => readProperty(value, name));
  }
}

function copy(value: object, optional: ReadonlySet<string>, read: (name: string) => unknown): Properties {
  const result: Properties = {};
  for (const key of keysOf(value)) {
    const property = read(key);
    if (!(isEmpty(property) && optional.has(key)) && !isReadFailure(property)) define(result, key, property);
  }
  return result;
}

/** Sets a property as JSON.parse does: `__proto__` is a key like any other. */
function define(target: Properties, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else target[key] = value;
}

/** Sets the field at a path, or removes it if the value is undefined. Only metadata has paths of two names. */
function applyFix(batch: Properties, [name, key]: readonly string[], value: unknown): void {
  if (name === undefined) return;
  if (key !== undefined) {
    const inner = copyWithoutEmpty(batch[name] as object, new Set());
    delete inner[key];
    batch[name] = inner;
  } else if (value === undefined) delete batch[name];
  else batch[name] = value;
}

function normalizeErrors(errors: object): Properties {
  const { entryFields, optionalErrorsFields } = fieldTable();
  const result = copyWithoutEmpty(errors, optionalErrorsFields);
  const entries = result[entriesName];
  if (Array.isArray(entries))
    result[entriesName] = entries.map((entry: unknown) =>
      entry === null ? {} : copyWithoutEmpty(entry as object, entryFields),
    );
  return result;
}
