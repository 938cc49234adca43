// Time as the machine has it.
import type { WatchClock } from "./types.js";

/** Longer than this a timer would fire at once. */
const longest = 2 ** 31 - 1;

export const machineClock: WatchClock = {
  now: () => Date.now() / 1000,
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return void resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      // Endless waiting holds no timer, so that a process that only waits for news may end.
      const timer = milliseconds === Infinity ? undefined : setTimeout(done, Math.min(milliseconds, longest));
      signal.addEventListener("abort", done);
    }),
};
