// What time it is for a mock whose state outlives it: quick if asked, and never earlier than before a restart.
import type { MockClock } from "#mock";

/** A clock whose time may be looked at only after it was given away. */
export interface KeptClock extends MockClock {
  /**
   * Gives time away for the next seconds, where that is not done yet; to be waited for before a request is answered.
   */
  give(): Promise<void>;
}

/** How many real seconds are given away at once. */
const stretch = 2;

/**
 * A clock that goes `speed` times as fast as the system's, from its time or `from`, whichever is later. Before a moment
 * is looked at, a later one is kept: after a crash the next clock begins there.
 */
export function keptClock(speed: number, from: number, keep: (until: number) => Promise<void>): KeptClock {
  const start = Math.max(Date.now() / 1000, from);
  const begun = performance.now();
  const now = () => start + ((performance.now() - begun) / 1000) * speed;
  let until = 0;
  let giving: Promise<void> | undefined;
  return {
    now,
    async give() {
      while (now() >= until - (stretch * speed) / 2) {
        const next = now() + stretch * speed;
        giving ??= keep(next)
          .then(() => void (until = next))
          .finally(() => (giving = undefined));
        await giving;
      }
    },
  };
}
