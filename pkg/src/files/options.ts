// What operations are asked by, made sure of before anything is read.
import { profileNames } from "../../generated/facts.js";
import { indexOfName } from "../runtime/errors.js";

const shown = (value: unknown): string => {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 80));
  return value === null || typeof value === "number" || typeof value === "boolean" ? String(value) : typeof value;
};

/** A limit: a whole number from 1, or nothing. */
export function limit(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`expected ${name} to be a whole number from 1, found ${shown(value)}`);
}

/** A count: a whole number from 0, or nothing. */
export function count(name: string, value: unknown): number | undefined {
  return value === 0 ? 0 : limit(name, value);
}

/** A text, or nothing. */
export function text(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw new TypeError(`expected ${name} to be text, found ${shown(value)}`);
}

/** A profile's number in the module. */
export const profile = (name: unknown): number => (name === undefined ? 0 : indexOfName("profile", profileNames, name));
