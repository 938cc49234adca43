// Decides whether and when to retry a failed poll.

/** The default grace for a 404, in seconds. One server was reported to send 404 for five seconds after a create. */
export const defaultNotFoundGrace = 60;

/** Client errors that a retry can resolve: timeout, conflict, too early, rate limit. */
const transientStatuses = [408, 409, 425, 429];

/** The first and the longest delay, in seconds. */
const minDelay = 2;
const maxDelay = 300;

/** The longest Retry-After that is honored, in seconds: one day. */
const maxRetryAfter = 24 * 3600;

/** Whether a retry cannot help: the error has a 4xx status other than 408, 409, 425 and 429. */
export function isPermanent(error: unknown): boolean {
  const status = propertyOf(error, "status");
  return typeof status === "number" && status >= 400 && status < 500 && !transientStatuses.includes(status);
}

/** Whether an error says that the batch does not exist, which can be wrong shortly after its creation. */
export const isNotFound = (error: unknown): boolean => propertyOf(error, "status") === 404;

/**
 * Seconds to wait before a retry: 2 s after the first failure, doubled with each further one up to 5 minutes, with a
 * jitter of ±10 %.
 *
 * @param failures the number of failures in a row, from 1
 * @param jitter a number from 0 to 1, where 0.5 means no change
 */
export const backoffSeconds = (failures: number, jitter: number): number =>
  Math.min(minDelay * 2 ** (failures - 1), maxDelay) * (0.9 + 0.2 * jitter);

/**
 * Seconds to wait according to an error's Retry-After header, which holds a number of seconds or a date. Returns 0
 * without the header, and at most one day.
 *
 * @param now the current time in Unix seconds, from which a date counts
 */
export function retryAfterSeconds(error: unknown, now: number): number {
  const headers = propertyOf(error, "headers") ?? propertyOf(propertyOf(error, "response"), "headers");
  const value = headerOf(headers, "retry-after");
  if (value === undefined) return 0;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds : Date.parse(value) / 1000 - now;
  return wait > 0 ? Math.min(wait, maxRetryAfter) : 0;
}

// Errors of the official client hold a Headers object (version 5 and later) or a plain object (version 4).
function headerOf(headers: unknown, name: string): string | undefined {
  const get = propertyOf(headers, "get");
  const value: unknown = typeof get === "function" ? get.call(headers, name) : propertyOf(headers, name);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

// Anything can be thrown, including an object whose getters throw.
function propertyOf(value: unknown, name: string): unknown {
  try {
    return value === null || value === undefined ? undefined : (value as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}
