// Checks the options of the mock that are numbers.
import { type MockClock, runningClock } from "./clock.js";
import type { MockOptions } from "./options.js";

/**
 * Creates the clock of the mock; `speed` is how fast it runs, undefined if the caller moves it.
 *
 * @throws {RangeError} if the speed is out of range
 */
export function createClock({ clock, speed = 1 }: MockOptions): {
  readonly clock: MockClock;
  readonly speed: number | undefined;
} {
  if (clock) return { clock, speed: undefined };
  if (!(speed > 0 && Number.isFinite(speed)))
    throw new RangeError(`expected a number above 0, found ${speed} at speed`);
  return { clock: runningClock(speed), speed };
}

/** @throws {RangeError} if the seed is out of range */
export function checkedSeed(seed = 0): number {
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return seed;
  throw new RangeError(`expected a whole number from 0 to ${2 ** 32 - 1}, found ${seed} at seed`);
}

/** @throws {RangeError} if a rate is out of range */
export function checkRate(name: string, rate = 0): void {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`expected a number from 0 to 1, found ${rate} at ${name}`);
}

/** @throws {RangeError} if the size is out of range */
export function checkedMaxBytes(maxBytes = 2 ** 30): number {
  if (Number.isSafeInteger(maxBytes) && maxBytes > 0) return maxBytes;
  throw new RangeError(`expected a whole number above 0, found ${maxBytes} at maxBytes`);
}
