// Formats numbers and times with Intl.

/** A time in the formats that the elements show. */
export interface FormattedTime {
  /** ISO 8601, for the `datetime` attribute. */
  readonly iso: string;
  /** The date, such as `10 Jan 2025`. */
  readonly date: string;
  /** The time of day, with seconds. */
  readonly timeOfDay: string;
  /** Date and time in the requested time zone and in UTC, one per line; one line if they are the same. */
  readonly full: string;
  /** The distance from now, such as `2 hours ago`; the date if it is more than 30 days. */
  readonly relative: string;
}

/** Formats for one locale and one time zone. All times are in Unix seconds. */
export interface Formatters {
  /** A number with grouped digits. */
  number(value: number): string;
  /** A fraction from 0 to 1 as a whole percentage, rounded down, so that only 1 gives 100 %. */
  percent(fraction: number): string;
  /**
   * The distance from `now`, such as `2 hours ago`; `undefined` for more than 30 days.
   *
   * @param justNow the text for less than a minute before or after `now`
   */
  relative(seconds: number, now: number, justNow: string): string | undefined;
  /** A time as seen from `now`; `undefined` if it is beyond the range of `Date`. */
  time(seconds: number, now: number, justNow: string): FormattedTime | undefined;
}

const units = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
] as const;
const maxRelativeDays = 30;
const maxCached = 50;

const cache = new Map<string, Formatters>();

/**
 * Returns the formatters for a locale and a time zone; `undefined` is the time zone of the machine. If Intl
 * rejects the locale, English is used; if it rejects the time zone, that of the machine. Results are cached, because
 * Intl formatters are slow to create.
 */
export function formattersFor(locale: string, timeZone: string | undefined): Formatters {
  const key = `${locale}\n${timeZone ?? ""}`;
  const cached = cache.get(key);
  if (cached) return cached;
  const created = createFormatters(
    isSupported(() => new Intl.NumberFormat(locale)) ? locale : "en",
    isSupported(() => new Intl.DateTimeFormat("en", { timeZone })) ? timeZone : undefined,
  );
  // The limit matters on a server that takes locales from requests; a page uses only a few.
  if (cache.size >= maxCached) cache.clear();
  cache.set(key, created);
  return created;
}

function isSupported(create: () => unknown): boolean {
  try {
    create();
    return true;
  } catch {
    return false;
  }
}

function createFormatters(locale: string, timeZone: string | undefined): Formatters {
  const dateFormat = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: "percent" });
  const distances = new Intl.RelativeTimeFormat(locale, { numeric: "always", style: "long" });
  const dates = dateFormat({ dateStyle: "medium" });
  const timesOfDay = dateFormat({ timeStyle: "medium" });
  const full = dateFormat({ dateStyle: "full", timeStyle: "long" });
  const fullUtc = dateFormat({ dateStyle: "full", timeStyle: "long", timeZone: "UTC" });
  // A list of 1,000 batches asks for few different distances.
  const distanceCache = new Map<string, string>();
  const relative = (distance: number, justNow: string): string | undefined => {
    const [size, unit] = units.find(([size]) => Math.abs(distance) >= size) ?? ([60, "minute"] as const);
    const count = Math.trunc(distance / size);
    // The clocks of server and reader may differ by less than a minute, in both directions.
    if (count === 0) return justNow;
    if (unit === "day" && Math.abs(count) > maxRelativeDays) return undefined;
    const key = `${count} ${unit}`;
    const text = distanceCache.get(key) ?? distances.format(count, unit);
    distanceCache.set(key, text);
    return text;
  };
  return {
    number: (value) => numbers.format(value),
    relative: (seconds, now, justNow) => relative(seconds - now, justNow),
    percent: (fraction) => percents.format(Math.floor(fraction * 100) / 100),
    time(seconds, now, justNow) {
      const date = new Date(seconds * 1000);
      if (Number.isNaN(date.getTime())) return undefined;
      // Computed lazily: a caller needs only some of the formats.
      return {
        get iso() {
          return date.toISOString();
        },
        get date() {
          return dates.format(date);
        },
        get timeOfDay() {
          return timesOfDay.format(date);
        },
        get full() {
          const [inZone, inUtc] = [full.format(date), fullUtc.format(date)];
          return inZone === inUtc ? inUtc : `${inZone}\n${inUtc}`;
        },
        get relative() {
          return relative(seconds - now, justNow) ?? dates.format(date);
        },
      };
    },
  };
}
