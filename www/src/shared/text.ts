// Formatting of strings, dates and counts.

/** Cuts a string to `maxLength` UTF-16 code units for display. Copied and spoken strings are never cut. */
export function truncate(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/** Converts Unix seconds to a date, or to `undefined` beyond the range of `Date`. */
export function dateOf(seconds: number): Date | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Formats a number with digit grouping: `12,345`. */
export const formatNumber = (number: number): string => number.toLocaleString("en");

/** Formats a count with its noun: `3 notes`. */
export const pluralize = (count: number, singular: string, plural = `${singular}s`): string =>
  `${formatNumber(count)} ${count === 1 ? singular : plural}`;
