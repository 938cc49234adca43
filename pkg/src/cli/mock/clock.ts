// What time it is for a mock whose state outlives it: quick if asked, and never earlier than before a restart.
import type { MockClock } from "#mock";

/** A clock whose time may be looked at only after it was given away. */
export interface PersistedClock extends MockClock {
  /**
   * Gives time away for the next seconds, where that is not done yet; to be waited for before a request is answered.
   * Where it cannot be kept, as on a full disk, the clock stands still at the last time that was, and this is said
   * once.
   */
  reserve(): Promise<void>;
}

/** What a kept clock is made with. */
export interface PersistedClockOptions {
  /** How many seconds pass in one. */
  readonly speed: number;
  /** Up to when time was given away before, in Unix seconds. */
  readonly from: number;
  /** Keeps up to when time is given away. */
  readonly persist: (reservedUntil: number) => Promise<void>;
  /** Says what cannot be kept. */
  readonly log: (line: string) => void;
}

/** The latest time, in Unix seconds: the simulator plans nothing later. */
export const latestTime = 50_000_000_000;

/** How many real seconds are given away at once. */
const reservationSeconds = 2;

/**
 * A clock that goes `speed` times as fast as the system's, from its time or `from`, whichever is later. Before a time
 * is looked at, a later one is kept: after a crash the next clock begins there.
 */
export function createPersistedClock({ speed, from, persist, log }: PersistedClockOptions): PersistedClock {
  const start = Math.max(Date.now() / 1000, from);
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
      if (!failed) log(`the time stands still, because it cannot be kept: ${(error as Error).message}`);
      failed = true;
    }
  };
  return {
    now: () => Math.min(unboundedNow(), reservedUntil),
    async reserve() {
      while (reservedUntil < latestTime && unboundedNow() >= reservedUntil - (reservationSeconds * speed) / 2) {
        reserving ??= reserveMore().finally(() => (reserving = undefined));
        await reserving;
        if (failed) return;
      }
    },
  };
}
