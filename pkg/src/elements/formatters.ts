// Unix seconds as people read them, and numbers, in the language of the labels.

/** Unix seconds, ready to be shown. */
export interface Moment {
  /** For `datetime`. */
  readonly iso: string;
  /** The day, such as `10 Jan 2025`. */
  readonly day: string;
  /** The time of day, with seconds. */
  readonly clock: string;
  /** In full, in the zone asked for and in UTC. */
  readonly full: string;
  /** How long ago or ahead, in long units, such as `2 hours ago`; the day when that is more than 30 days. */
  readonly relative: string;
}

/** Writes numbers and moments in one language and one time zone. */
export interface Scribe {
  /** A number with its digits grouped. */
  number(value: number): string;
  /** A fraction as a percentage, rounded down: never 100 % before all of it. */
  percent(fraction: number): string;
  /** How long one moment is before or after another, in long units; `undefined` for more than 30 days. */
  relative(seconds: number, now: number): string | undefined;
  /** A moment as seen from another; `undefined` where no calendar reaches. */
  moment(seconds: number, now: number): Moment | undefined;
}

const units = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
] as const;
const mostDays = 30;

const scribes = new Map<string, Scribe>();

/**
 * A scribe; the same one for the same language and zone, as formatters are dear. What Intl does not know gives its
 * defaults.
 */
export function scribeFor(locale: string, timeZone: string | undefined): Scribe {
  const key = `${locale}\n${timeZone ?? ""}`;
  const known = scribes.get(key);
  if (known) return known;
  const made = newScribe(
    usable(() => new Intl.NumberFormat(locale)) ? locale : "en",
    usable(() => new Intl.DateTimeFormat("en", { timeZone })) ? timeZone : undefined,
  );
  // A page has a handful; a server that is handed any language by its clients shall not keep them all.
  if (scribes.size >= 50) scribes.clear();
  scribes.set(key, made);
  return made;
}

function usable(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}

function newScribe(locale: string, timeZone: string | undefined): Scribe {
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: "percent" });
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: "always", style: "long" });
  const present = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "long" });
  const [day, clock] = [dates({ dateStyle: "medium" }), dates({ timeStyle: "medium" })];
  const [full, utc] = [
    dates({ dateStyle: "full", timeStyle: "long" }),
    dates({ dateStyle: "full", timeStyle: "long", timeZone: "UTC" }),
  ];
  // A list asks for a thousand at a time, and most are the same few.
  const known = new Map<string, string>();
  const relative = (from: number): string | undefined => {
    const [size, unit] = units.find(([size]) => Math.abs(from) >= size) ?? ([60, "minute"] as const);
    const count = Math.trunc(from / size);
    if (unit === "day" && Math.abs(count) > mostDays) return undefined;
    const key = `${count} ${unit}`;
    // Less than a minute is "this minute", before or after: clocks differ by as much.
    const text = known.get(key) ?? (count === 0 ? present : relatives).format(count, unit);
    known.set(key, text);
    return text;
  };
  return {
    number: (value) => numbers.format(value),
    relative: (seconds, now) => relative(seconds - now),
    percent: (fraction) => percents.format(Math.floor(fraction * 100) / 100),
    moment(seconds, now) {
      const date = new Date(seconds * 1000);
      if (Number.isNaN(date.getTime())) return undefined;
      // Each when it is asked for: a row that stays asks for one of them.
      return {
        get iso() {
          return date.toISOString();
        },
        get day() {
          return day.format(date);
        },
        get clock() {
          return clock.format(date);
        },
        get full() {
          const [inZone, inUtc] = [full.format(date), utc.format(date)];
          return inZone === inUtc ? inUtc : `${inZone}\n${inUtc}`;
        },
        get relative() {
          return relative(seconds - now) ?? day.format(date);
        },
      };
    },
  };
}
