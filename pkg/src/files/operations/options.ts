// Reads and validates options before any source is read.
import { NumberOption } from "../../../generated/files-boundary.js";
import { profileNames } from "../../../generated/facts.js";
import { indexOfName } from "../../runtime/errors.js";
import { messageOf } from "../../common/thrown.js";
import type { FileOptions, SplitLimits } from "../types.js";

type Properties = Readonly<Record<string, unknown>>;

/**
 * Reads each option once.
 *
 * @throws {TypeError} if reading one throws, such as a getter; `cause` is the thrown value
 */
export function readOnce<T extends object>(options: T | undefined, names: readonly (keyof T & string)[]): Partial<T> {
  const read: Record<string, unknown> = {};
  for (const name of names) {
    try {
      const value = (options as Properties | null | undefined)?.[name];
      if (value !== undefined) read[name] = value;
    } catch (cause) {
      throw new TypeError(`the option ${name} could not be read: ${messageOf(cause)}`, { cause });
    }
  }
  return read as Partial<T>;
}

/** Reads the options of an operation: its own, and those of every operation on files. */
export function readOptions<T extends FileOptions>(
  options: T | undefined,
  names: readonly (keyof T & string)[] = [],
): Partial<T> {
  const read = readOnce(options, ["signal", "onProgress", ...names]);
  const { signal, onProgress } = read as Properties;
  if (signal && typeof (signal as Partial<AbortSignal>).throwIfAborted !== "function")
    throw new TypeError(`expected signal to be an AbortSignal, found ${show(signal)}`);
  if (onProgress && typeof onProgress !== "function")
    throw new TypeError(`expected onProgress to be a function, found ${show(onProgress)}`);
  return read;
}

const show = (value: unknown): string => {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 80));
  return value === null || typeof value === "number" || typeof value === "boolean" ? String(value) : typeof value;
};

/** Validates an optional positive integer. */
export function positiveInteger(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`expected ${name} to be a positive integer, found ${show(value)}`);
}

/** Validates an optional non-negative integer. */
export function nonNegativeInteger(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`expected ${name} to be a non-negative integer, found ${show(value)}`);
}

/** Validates an optional string. */
export function string(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw new TypeError(`expected ${name} to be a string, found ${show(value)}`);
}

/** The index of a profile. */
export const profileIndex = (name: unknown): number =>
  name === undefined ? 0 : indexOfName("profile", profileNames, name);

const limitOptions = {
  requests: NumberOption.MaxRequests,
  bytes: NumberOption.MaxBytes,
  embeddingInputs: NumberOption.MaxEmbeddingInputs,
  tokens: NumberOption.MaxTokens,
};

/** Reads and validates limits. */
export function limitsOf(
  limits: SplitLimits | undefined,
  names: readonly (keyof SplitLimits)[],
): (readonly [NumberOption, number | undefined])[] {
  const read = readOnce(limits, names);
  return names.map((name) => [limitOptions[name], positiveInteger(`limits.${name}`, read[name])]);
}
