// A clock that only moves when a test advances it.
import { settle } from "../js/support.mjs";

/**
 * A clock for the `clock` option. `advance(seconds)` moves it and ends the sleeps that are due, in order, and lets
 * promises settle in between; `sleeping` counts the running sleeps.
 *
 * @param {number} start the initial time in Unix seconds
 */
export function fakeClock(start) {
  let now = start;
  const sleepers = new Set();
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return void resolve();
        const sleeper = {
          until: now + milliseconds / 1000,
          wake: () => {
            sleepers.delete(sleeper);
            signal.removeEventListener("abort", sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal.addEventListener("abort", sleeper.wake, { once: true });
      }),
    settle,
    async advance(seconds) {
      const end = now + seconds;
      for (;;) {
        await settle();
        const next = [...sleepers].filter(({ until }) => until <= end).sort((a, b) => a.until - b.until)[0];
        if (!next) break;
        now = Math.max(now, next.until);
        next.wake();
      }
      now = end;
      await settle();
    },
    get sleeping() {
      return sleepers.size;
    },
  };
}

/** Iterates over an async iterable in the background, and collects its values and its error. */
export function collect(iterable) {
  const seen = { values: [], done: false, error: undefined };
  seen.finished = (async () => {
    try {
      for await (const value of iterable) seen.values.push(value);
    } catch (error) {
      seen.error = error;
    }
    seen.done = true;
  })();
  return seen;
}
