// What operations are asked by, made sure of before anything is read.
import { profileNames } from "../../../generated/facts.js";
import { indexOfName } from "../../runtime/errors.js";
import type { FileOptions } from "../io/progress.js";
import { messageOf } from "../io/file-error.js";

type Named = Readonly<Record<string, unknown>>;

/** Options by name, each read once; what the caller's own code throws meanwhile is the cause of the error. */
export function readOnce<T extends object>(options: T | undefined, names: readonly (keyof T & string)[]): Partial<T> {
  const read: Record<string, unknown> = {};
  for (const name of names) {
    try {
      const value = (options as Named | null | undefined)?.[name];
      if (value !== undefined) read[name] = value;
    } catch (cause) {
      throw new TypeError(`the option ${name} could not be read: ${messageOf(cause)}`, { cause });
    }
  }
  return read as Partial<T>;
}

/** The options of an operation on files: those that every one takes, and its own. */
export function readOptions<T extends FileOptions>(
  options: T | undefined,
  names: readonly (keyof T & string)[] = [],
): Partial<T> {
  const read = readOnce(options, ["signal", "onProgress", ...names]);
  const { signal, onProgress } = read as Named;
  if (signal && typeof (signal as Partial<AbortSignal>).throwIfAborted !== "function")
    throw new TypeError(`expected signal to be an AbortSignal, found ${shown(signal)}`);
  if (onProgress && typeof onProgress !== "function")
    throw new TypeError(`expected onProgress to be a function, found ${shown(onProgress)}`);
  return read;
}

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
