// What time it is for a mock whose state outlives it: quick if asked, and never earlier than before a restart.
import type { MockClock } from "#mock";

/** A clock whose time may be looked at only after it was given away. */
export interface KeptClock extends MockClock {
  /**
   * Gives time away for the next seconds, where that is not done yet; to be waited for before a request is answered.
   * Where it cannot be kept, as on a full disk, the clock stands still at the last time that was, and this is said
   * once.
   */
  give(): Promise<void>;
}

/** What a kept clock is made with. */
export interface KeptClockOptions {
  /** How many seconds pass in one. */
  readonly speed: number;
  /** Up to when time was given away before, in Unix seconds. */
  readonly from: number;
  /** Keeps up to when time is given away. */
  readonly keep: (until: number) => Promise<void>;
  /** Says what cannot be kept. */
  readonly say: (line: string) => void;
}

/** The latest time, in Unix seconds: the simulator plans nothing later. */
export const latestTime = 50_000_000_000;

/** How many real seconds are given away at once. */
const stretch = 2;

/**
 * A clock that goes `speed` times as fast as the system's, from its time or `from`, whichever is later. Before a time
 * is looked at, a later one is kept: after a crash the next clock begins there.
 */
export function keptClock({ speed, from, keep, say }: KeptClockOptions): KeptClock {
  const start = Math.max(Date.now() / 1000, from);
  const begun = performance.now();
  const running = () => Math.min(start + ((performance.now() - begun) / 1000) * speed, latestTime);
  let until = start;
  let failed = false;
  let giving: Promise<void> | undefined;
  const giveMore = async (): Promise<void> => {
    const next = Math.min(running() + stretch * speed, latestTime);
    try {
      await keep(next);
      until = next;
      failed = false;
    } catch (error) {
      if (!failed) say(`the time stands still, because it cannot be kept: ${(error as Error).message}`);
      failed = true;
    }
  };
  return {
    now: () => Math.min(running(), until),
    async give() {
      while (until < latestTime && running() >= until - (stretch * speed) / 2) {
        giving ??= giveMore().finally(() => (giving = undefined));
        await giving;
        if (failed) return;
      }
    },
  };
}
