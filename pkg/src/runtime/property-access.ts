// Safe access to the properties of any value. Getters and proxies may throw: none of these functions does, and none
// calls code of the value except to read what it is asked for.

/** What a failed read yields in place of the value. */
export class ReadFailure {
  readonly #message: string;

  /** Whether a value is a {@link ReadFailure}. Unlike `instanceof`, this runs no code of a proxy. */
  static is(value: object): value is ReadFailure {
    return #message in value;
  }

  /** The message of the error that was thrown; empty if the error cannot be converted to a string. */
  get message(): string {
    return this.#message;
  }

  constructor(error: unknown) {
    let message = "";
    try {
      message = String(error instanceof Error ? error.message : error);
    } catch {
      // The error's own `message` or `toString` threw.
    }
    this.#message = message;
  }
}

/** Calls a function that reads; returns the failure if it throws. */
export const attempt = <T>(read: () => T): T | ReadFailure => {
  try {
    return read();
  } catch (error) {
    return new ReadFailure(error);
  }
};

/**
 * The value of a property, or the failure to read it. Does not use {@link attempt}: this runs for every property of
 * every batch, and a closure for each would cost time.
 */
export function readProperty(value: object, name: string | number): unknown {
  try {
    return (value as Record<string | number, unknown>)[name];
  } catch (error) {
    return new ReadFailure(error);
  }
}

/** Whether reading a property failed. */
export const isReadFailure = (value: unknown): value is ReadFailure =>
  typeof value === "object" && value !== null && ReadFailure.is(value);

/** An object's prototype, or the failure to read it. */
export const prototypeOf = (value: object): unknown => attempt(() => Object.getPrototypeOf(value) as unknown);

/** An object's own enumerable string keys; empty if they cannot be listed. */
export function keysOf(value: object): string[] {
  try {
    return Object.keys(value);
  } catch {
    return [];
  }
}

/** Whether a value is an array; false for a revoked proxy. */
export const isArray = (value: unknown): value is object => attempt(() => Array.isArray(value)) === true;

/** Whether a value is an object that is not an array; false for a revoked proxy. */
export function isObject(value: unknown): value is object {
  try {
    return typeof value === "object" && value !== null && !ReadFailure.is(value) && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The length of an array; 0 if it cannot be read. */
export const lengthOf = (array: object): number => {
  const length = readProperty(array, "length");
  return typeof length === "number" ? length : 0;
};
