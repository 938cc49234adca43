// Formatting of strings and dates.

/** Cuts a string to `maxLength` UTF-16 code units for display. Copied and spoken strings are never cut. */
export function truncate(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/** Converts Unix seconds to a date, or to `undefined` beyond the range of `Date`. */
export function dateOf(seconds: number): Date | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
