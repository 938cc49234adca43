// What time it is for the mock: the system's time, quicker if asked, or whatever a test says.

/** A clock. */
export interface MockClock {
  /** The present, in Unix seconds; fractions are allowed. */
  now(): number;
}

/** A clock that stands still until it is moved. */
export interface ManualClock extends MockClock {
  /** Moves it on by so many seconds; gives the new present. */
  advance(seconds: number): number;
  /** Moves it to a moment in Unix seconds, never backwards. */
  set(now: number): void;
}

/**
 * A clock that stands still until it is moved, for tests.
 *
 * @param start where it begins, in Unix seconds. Default: the present
 */
export function manualClock(start: number = Math.floor(Date.now() / 1000)): ManualClock {
  let now = start;
  const set = (to: number) => {
    if (!(to >= now)) throw new RangeError(`expected a time of ${now} or later, found ${to}`);
    now = to;
  };
  return {
    now: () => now,
    set,
    advance(seconds) {
      set(now + seconds);
      return now;
    },
  };
}

/** A clock that begins with the system's time and goes `speed` times as fast. */
export function runningClock(speed: number): MockClock {
  const start = Date.now();
  return { now: () => (start + (Date.now() - start) * speed) / 1000 };
}
