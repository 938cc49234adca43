// The machine's clock, which watching uses unless it is given another.
import type { WatchClock } from "./types.js";

/** The longest delay of `setTimeout`, in milliseconds; a longer one fires at once. */
const maxDelay = 2 ** 31 - 1;

// The platform's own functions, also while a test has replaced the global ones.
const { setImmediate, setTimeout: setTimer } = globalThis as typeof globalThis & {
  setImmediate?: (callback: () => void) => unknown;
};

/** Lets timers and network events run. */
export const yieldToEventLoop = (): Promise<void> =>
  new Promise((resolve) => void (setImmediate ? setImmediate(resolve) : setTimer(resolve)));

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
