// What a failed poll means: ask again, and when; or give up.

/** HTTP statuses that asking again does not change. A 408, 409, 425 or 429 does pass, and so does every 5xx. */
const final = (status: number): boolean => status >= 400 && status < 500 && ![408, 409, 425, 429].includes(status);

const least = 2;
const most = 300;

/** Whether asking again is of no use: the request itself is refused. */
export function isFinal(error: unknown): boolean {
  const status = read(error, "status");
  return typeof status === "number" && final(status);
}

/**
 * Seconds to wait after so many failures in a row: twice as long each time, from 2 s to 5 min, spread by a tenth either
 * way.
 *
 * @param chance between 0 and 1: where in the spread
 */
export const backOff = (failures: number, chance: number): number =>
  Math.min(least * 2 ** (failures - 1), most) * (0.9 + 0.2 * chance);

/** What a server asks for by Retry-After, in seconds: a number, or a date. 0 if it asks for nothing. */
export function retryAfter(error: unknown, now: number): number {
  const value = header(read(error, "headers") ?? read(read(error, "response"), "headers"), "retry-after");
  if (value === undefined) return 0;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds : Date.parse(value) / 1000 - now;
  return wait > 0 ? Math.min(wait, 24 * 3600) : 0;
}

// The official client has a Headers object (from 5.x) or a plain one (4.x).
function header(headers: unknown, name: string): string | undefined {
  const get = read(headers, "get");
  const value: unknown = typeof get === "function" ? get.call(headers, name) : read(headers, name);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

function read(value: unknown, name: string): unknown {
  try {
    return value === null || value === undefined ? undefined : (value as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}
