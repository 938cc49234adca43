// Unix seconds as people read them: local on the page, local and UTC in full on hover.

// The page is in English; among its readers' kinds of English, theirs.
const locale = navigator.languages.find((language) => language.startsWith("en")) ?? "en-GB";
const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
const day = format({ dateStyle: "medium" });
const clock = format({ timeStyle: "medium" });
const full = format({ dateStyle: "full", timeStyle: "long" });
const fullUtc = format({ dateStyle: "full", timeStyle: "long", timeZone: "UTC" });

/** A moment, in the forms a page needs. */
export interface Moment {
  /** The day, such as `10 Jan 2025`. */
  readonly day: string;
  /** The time of day, with seconds. */
  readonly clock: string;
  /** For `datetime`. */
  readonly iso: string;
  /** Both zones in full, for `title`. */
  readonly title: string;
}

/** A moment of Unix seconds; `undefined` where no calendar reaches. */
export function momentOf(seconds: number): Moment | undefined {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  return { day: day.format(date), clock: clock.format(date), iso: date.toISOString(), title: `${full.format(date)}\n${fullUtc.format(date)}` };
}
