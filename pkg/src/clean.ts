// What a parsed batch is made of: the value as it was given, less what is null or empty, and with what the core mends.
import { members } from "../generated/facts.js";
import type { Mend } from "../generated/types.js";
import { keysOf, memberOf } from "./read.js";
import type { ParsedBatch } from "./types.js";

type Bag = Record<string, unknown>;

const isEmpty = (value: unknown): boolean => value === null || value === "" || value === undefined;

const optionalIn = (parent: number | null): Set<string> =>
  new Set(members.filter((member) => member.parent === parent && !member.required).map(({ name }) => name));

const optional = /* @__PURE__ */ optionalIn(null);
const known = /* @__PURE__ */ members.filter(({ parent }) => parent === null).map(({ name }) => name);
const errorsIndex = /* @__PURE__ */ members.findIndex(({ name, parent }) => name === "errors" && parent === null);
const dataIndex = /* @__PURE__ */ members.findIndex(({ kind }) => kind === "entries");
const inErrors = /* @__PURE__ */ optionalIn(errorsIndex);
const inEntry = /* @__PURE__ */ optionalIn(dataIndex);

/** A plain copy without the optional members that are empty. The value itself is never changed. */
export function withoutEmpty(value: object, names: Set<string> = optional): Bag {
  const copy: Bag = {};
  for (const key of keysOf(value)) {
    const member = memberOf(value, key);
    if (!(isEmpty(member) && names.has(key))) write(copy, key, member);
  }
  return copy;
}

/** Writes a member as JSON.parse does: `__proto__` is a key like any other. */
function write(bag: Bag, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(bag, key, { value, writable: true, enumerable: true, configurable: true });
  else bag[key] = value;
}

/** The batch that the core has found a value to be, once mended. */
export function batchFrom(value: object, mends: readonly Mend[]): ParsedBatch {
  const batch = withoutEmpty(value);
  // Members that a class keeps on its prototype are not among its own keys.
  for (const name of known) if (!(name in batch) && !isEmpty(memberOf(value, name))) batch[name] = memberOf(value, name);
  for (const { path, value: mended } of mends) mend(batch, path, mended);
  const errors = batch[members[errorsIndex]!.name];
  if (typeof errors === "object" && errors !== null) batch[members[errorsIndex]!.name] = cleanErrors(errors);
  return batch as unknown as ParsedBatch;
}

function mend(batch: Bag, [name, key]: readonly string[], value: unknown): void {
  if (name === undefined) return;
  if (key !== undefined) {
    const inner = withoutEmpty(batch[name] as object, new Set());
    delete inner[key];
    batch[name] = inner;
  } else if (value === undefined) delete batch[name];
  else batch[name] = value;
}

function cleanErrors(errors: object): Bag {
  const clean = withoutEmpty(errors, inErrors);
  const { name } = members[dataIndex]!;
  const data = clean[name];
  if (Array.isArray(data)) clean[name] = data.map((entry: unknown) => (entry === null ? {} : withoutEmpty(entry as object, inEntry)));
  return clean;
}
