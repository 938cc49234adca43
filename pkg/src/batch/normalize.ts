// What a parsed batch is made of: the value as it was given, less what is null or empty, and with what the core fixes.
import type { Fix } from "../../generated/answers.js";
import { members } from "./field-table.js";
import { isThrown, keysOf, memberOf, prototypeOf } from "./draft-writer.js";
import type { ParsedBatch } from "./types.js";

type Bag = Record<string, unknown>;

const isEmpty = (value: unknown): boolean => value === null || value === "" || value === undefined;

/**
 * A plain copy without the optional members that are empty and without what cannot be read. The value itself is never
 * changed.
 */
function withoutEmpty(value: object, names: ReadonlySet<string>): Bag {
  try {
    return copy(value, names, (name) => (value as Bag)[name]);
  } catch {
    // A getter threw: now each member on its own, which is slower.
    return copy(value, names, (name) => memberOf(value, name));
  }
}

function copy(value: object, names: ReadonlySet<string>, read: (name: string) => unknown): Bag {
  const made: Bag = {};
  for (const key of keysOf(value)) {
    const member = read(key);
    if (!(isEmpty(member) && names.has(key)) && !isThrown(member)) write(made, key, member);
  }
  return made;
}

/** Whether an object has an optional member that is empty, or any that cannot be read. */
function hasEmpty(value: object, names: ReadonlySet<string>): boolean {
  try {
    for (const key of Object.keys(value)) if (isEmpty((value as Bag)[key]) && names.has(key)) return true;
    return false;
  } catch {
    return true;
  }
}

/** Whether a batch that needs no fixing is as it should be. */
function isClean(value: object): boolean {
  const { entriesName, errorsName, inEntry, inErrors, optional } = members();
  if (hasEmpty(value, optional)) return false;
  const errors = memberOf(value, errorsName);
  if (typeof errors !== "object" || errors === null) return true;
  const data = memberOf(errors, entriesName);
  const hasFlaw = (entry: unknown): boolean => typeof entry !== "object" || entry === null || hasEmpty(entry, inEntry);
  return !hasEmpty(errors, inErrors) && !(Array.isArray(data) && data.some(hasFlaw));
}

/** Whether an object can have members that are not among its own keys: those that a class keeps on its prototype. */
function mayInherit(value: object): boolean {
  const prototype = prototypeOf(value);
  return prototype !== Object.prototype && prototype !== null;
}

/** Writes a member as JSON.parse does: `__proto__` is a key like any other. */
function write(bag: Bag, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(bag, key, { value, writable: true, enumerable: true, configurable: true });
  else bag[key] = value;
}

/** The batch that the core has found a value to be, once fixed; the value itself where there is nothing to change. */
export function batchFrom(value: object, fixes: readonly Fix[]): ParsedBatch {
  const inherits = mayInherit(value);
  if (fixes.length === 0 && !inherits && isClean(value)) return value as ParsedBatch;
  const { errorsName, optional, own } = members();
  const batch = withoutEmpty(value, optional);
  if (inherits)
    for (const name of own)
      if (!(name in batch) && !isEmpty(memberOf(value, name))) batch[name] = memberOf(value, name);
  for (const { path, value: fixed } of fixes) fix(batch, path, fixed);
  const errors = batch[errorsName];
  if (typeof errors === "object" && errors !== null) batch[errorsName] = cleanErrors(errors);
  return batch as unknown as ParsedBatch;
}

function fix(batch: Bag, [name, key]: readonly string[], value: unknown): void {
  if (name === undefined) return;
  if (key !== undefined) {
    const inner = withoutEmpty(batch[name] as object, new Set());
    delete inner[key];
    batch[name] = inner;
  } else if (value === undefined) delete batch[name];
  else batch[name] = value;
}

function cleanErrors(errors: object): Bag {
  const { entriesName, inEntry, inErrors } = members();
  const clean = withoutEmpty(errors, inErrors);
  const data = clean[entriesName];
  if (Array.isArray(data))
    clean[entriesName] = data.map((entry: unknown) => (entry === null ? {} : withoutEmpty(entry as object, inEntry)));
  return clean;
}
