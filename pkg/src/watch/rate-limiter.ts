// Limits the rate of polls.

/** The maximum number of polls that start in any minute, unless a caller chooses another one. */
export const defaultRequestsPerMinute = 60;
/** The maximum number of polls that run at the same time, unless a caller chooses another one. */
export const defaultConcurrency = 4;

const secondsPerMinute = 60;
/** Added to the tokens at each refill, so that rounding never makes the returned waiting time too short. */
const tokenTolerance = 1e-9;
/** The difference in seconds that rounding of times can make. */
const timeTolerance = 1e-6;

/**
 * Limits how many polls start in any 60 seconds: a token bucket, which allows a short burst and then spaces polls
 * evenly, and a sliding window, which holds the limit over every minute.
 */
export class RateLimiter {
  readonly #perMinute: number;
  readonly #burst: number;
  #tokens: number;
  #refilledAt: number | undefined;
  /** When the polls of the last 60 seconds started, in Unix seconds, oldest first. */
  #recentStarts: number[] = [];

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
    this.#burst = Math.max(1, Math.min(perMinute / 6, 10));
    this.#tokens = this.#burst;
  }

  /** Counts a poll that starts at `now`, in Unix seconds; returns false, and counts nothing, over the limit. */
  tryAcquire(now: number): boolean {
    if (this.secondsUntilFree(now) > 0) return false;
    this.#tokens -= 1;
    this.#recentStarts.push(now);
    return true;
  }

  /** Seconds until the next poll may start; 0 if it may start now. */
  secondsUntilFree(now: number): number {
    this.#refill(now);
    const untilToken = (1 - this.#tokens) / (this.#perMinute / secondsPerMinute);
    const isWindowFull = this.#recentStarts.length >= Math.max(1, Math.floor(this.#perMinute));
    const untilWindow = isWindowFull ? (this.#recentStarts[0] ?? now) + secondsPerMinute - now : 0;
    return Math.max(0, untilToken, untilWindow);
  }

  #refill(now: number): void {
    const elapsed = Math.max(0, now - (this.#refilledAt ?? now));
    this.#refilledAt = now;
    this.#tokens = Math.min(
      this.#burst,
      this.#tokens + (elapsed * this.#perMinute) / secondsPerMinute + tokenTolerance,
    );
    this.#recentStarts = this.#recentStarts.filter((start) => start + secondsPerMinute > now + timeTolerance);
  }
}
