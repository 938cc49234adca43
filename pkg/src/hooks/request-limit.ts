// The limit of requests that all watched batches of a page share; it has the defaults of watchBatches.
import { defaultConcurrency, defaultRequestsPerMinute, RateLimiter } from "../watch/rate-limiter.js";
import type { WatchClock } from "../watch/types.js";

/** The limits by clock: a page has one, tests bring their own. */
const limits = new WeakMap<WatchClock, RequestLimit>();

/** Returns the limit of a clock. */
export function requestLimit(clock: WatchClock): RequestLimit {
  const limit = limits.get(clock) ?? new RequestLimit(clock);
  limits.set(clock, limit);
  return limit;
}

/** Limits the rate of requests, and the number that run at the same time. */
export class RequestLimit {
  readonly #clock: WatchClock;
  readonly #limiter = new RateLimiter(defaultRequestsPerMinute);
  #running = 0;
  /** Resolves when the last waiting request may start. */
  #queue: Promise<void> = Promise.resolve();
  #requestEnded: (() => void) | undefined;

  constructor(clock: WatchClock) {
    this.#clock = clock;
  }

  /** Starts requests in the order of the calls, each as soon as the limit allows; fails if the signal aborts before. */
  async run<T>(request: () => T | PromiseLike<T>, signal: AbortSignal): Promise<T> {
    this.#queue = this.#queue.then(() => this.#wait(signal));
    await this.#queue;
    try {
      signal.throwIfAborted();
      return await request();
    } finally {
      this.#running -= 1;
      this.#requestEnded?.();
    }
  }

  async #wait(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.#running >= defaultConcurrency)
      await new Promise<void>((resolve) => {
        this.#requestEnded = resolve;
        // A listener would stay after each wait until the signal aborts.
        signal.onabort = () => resolve();
      });
    while (!signal.aborted && !this.#limiter.tryAcquire(this.#clock.now()))
      await this.#clock.sleep(this.#limiter.secondsUntilFree(this.#clock.now()) * 1000, signal);
    this.#running += 1;
  }
}
