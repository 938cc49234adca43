// A clock for a mock that stores its state: it never goes back after a restart.
import type { MockClock } from "#mock";

/** A clock that reserves time before showing it. */
export interface PersistedClock extends MockClock {
  /**
   * Reserves the next seconds if needed. Call it before each request. If the reservation cannot be stored, for example
   * on a full disk, the clock stops at the last reserved time and logs the error once.
   */
  reserve(): Promise<void>;
}

/** Options of {@link createPersistedClock}. */
export interface PersistedClockOptions {
  /** How fast the clock runs, compared with the real time. */
  readonly speed: number;
  /** The end of the last reservation, in Unix seconds. */
  readonly from: number;
  /** Stores the end of a reservation. */
  readonly persist: (reservedUntil: number) => Promise<void>;
  /** Logs a reservation that could not be stored. */
  readonly log: (line: string) => void;
}

/** The latest time in Unix seconds. The simulator plans nothing later. */
export const latestTime = 50_000_000_000;

/** The length of a reservation in real seconds. */
const reservationSeconds = 2;

/**
 * Creates a clock that runs `speed` times as fast as the system's clock. It starts at the current time or at `from`,
 * whichever is later. A crash cannot turn it back, because each time is reserved before it is shown.
 */
export function createPersistedClock({ speed, from, persist, log }: PersistedClockOptions): PersistedClock {
  let start = Math.max(Date.now() / 1000, from);
  const startedAt = performance.now();
  const unboundedNow = () => Math.min(start + ((performance.now() - startedAt) / 1000) * speed, latestTime);
  let reservedUntil = start;
  let failed = false;
  let reserving: Promise<void> | undefined;
  const reserveMore = async (): Promise<void> => {
    const next = Math.min(unboundedNow() + reservationSeconds * speed, latestTime);
    try {
      await persist(next);
      reservedUntil = next;
      failed = false;
    } catch (error) {
      if (!failed) log(`the clock is stopped because its time cannot be stored: ${(error as Error).message}`);
      failed = true;
    }
  };
  const reserve = async (): Promise<void> => {
    while (reservedUntil < latestTime && unboundedNow() >= reservedUntil - (reservationSeconds * speed) / 2) {
      reserving ??= reserveMore().finally(() => (reserving = undefined));
      await reserving;
      if (failed) return;
    }
  };
  return {
    now: () => Math.min(unboundedNow(), reservedUntil),
    reserve,
    advance(seconds) {
      start += seconds;
      return reserve();
    },
  };
}
