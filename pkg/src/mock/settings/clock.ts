// The clocks of the mock: the system's time, sped up, or a manual clock for tests.

/** A clock. */
export interface MockClock {
  /** The current time in Unix seconds, possibly with fractions. */
  now(): number;
  /**
   * Moves the clock forward by a number of seconds. Awaited. Without it, the mock adds the seconds to the time itself.
   */
  advance?(seconds: number): unknown;
}

/** A clock that moves only when it is set. */
export interface ManualClock extends MockClock {
  /** Moves the clock forward by a number of seconds and returns the new time. */
  advance(seconds: number): number;
  /**
   * Moves the clock to a time in Unix seconds.
   *
   * @throws {RangeError} if the time is earlier than the current time
   */
  set(now: number): void;
}

/**
 * Creates a clock that moves only when it is set, for tests.
 *
 * @param start the initial time in Unix seconds. Default: the current time
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

/** Creates a clock that starts at the system's time and runs `speed` times as fast. */
export function runningClock(speed: number): MockClock {
  const start = Date.now();
  return { now: () => (start + (Date.now() - start) * speed) / 1000 };
}

/** A clock that can be moved forward, whatever the clock that it is made from. */
export function movableClock(clock: MockClock): Required<MockClock> {
  let offset = 0;
  return {
    now: () => clock.now() + offset,
    advance(seconds) {
      if (clock.advance) return clock.advance(seconds);
      offset += seconds;
      return undefined;
    },
  };
}
