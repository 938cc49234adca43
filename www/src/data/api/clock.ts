// The time of the API, for what waits.
import type { WatchClock } from "batchlight/watch";
import type { Api } from "./api.js";

/** The clock of an API: on a fast clock the waits are shorter. */
export const clockOf = (api: Api): WatchClock => ({
  now: () => api.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return void resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer =
        milliseconds === Infinity ? undefined : setTimeout(done, Math.min(milliseconds / api.speed, 2 ** 31 - 1));
      signal.addEventListener("abort", done);
    }),
});
