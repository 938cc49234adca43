// The machine's clock, which watching uses unless it is given another.
import type { WatchClock } from "./types.js";

/** The longest delay of `setTimeout`, in milliseconds; a longer one fires at once. */
const maxDelay = 2 ** 31 - 1;

export const systemClock: WatchClock = {
  now: () => Date.now() / 1000,
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return void resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      // An endless sleep sets no timer, so that it does not keep a Node process alive.
      const timer = milliseconds === Infinity ? undefined : setTimeout(done, Math.min(milliseconds, maxDelay));
      signal.addEventListener("abort", done);
    }),
};
