// The limit of requests that all watched batches of a page share; it has the defaults of watchBatches.
import { systemClock } from "../watch/clock.js";
import { RateLimiter } from "../watch/rate-limiter.js";

const requestsPerMinute = 60;
const maxRunning = 4;

const limiter = new RateLimiter(requestsPerMinute);
let running = 0;
/** Resolves when the request that waits in front of the next one has started. */
let queue: Promise<void> = Promise.resolve();
let requestEnded: (() => void) | undefined;

/** Starts a request as soon as the limit allows, in the order of the calls; at once if the signal aborts. */
export async function limited<T>(request: () => T | PromiseLike<T>, signal: AbortSignal): Promise<T> {
  const turn = queue.then(() => waitForLimit(signal));
  queue = turn;
  await turn;
  running += 1;
  try {
    signal.throwIfAborted();
    return await request();
  } finally {
    running -= 1;
    requestEnded?.();
  }
}

async function waitForLimit(signal: AbortSignal): Promise<void> {
  while (running >= maxRunning) await new Promise<void>((resolve) => (requestEnded = resolve));
  while (!signal.aborted && !limiter.tryAcquire(systemClock.now()))
    await systemClock.sleep(limiter.secondsUntilFree(systemClock.now()) * 1000, signal);
}
