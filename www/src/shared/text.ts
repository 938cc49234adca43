// Small things about texts for people.

/** A text cut to what a line or two can hold. Only what is shown: what is copied or read out of a title stays whole. */
export function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** The date of a timestamp in Unix seconds; nothing where it lies beyond what a date can hold. */
export function dateOf(seconds: number): Date | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A number with its digits grouped. */
export const grouped = (number: number): string => number.toLocaleString("en");

/** A count and its noun, such as `3 notes`. */
export const counted = (number: number, one: string, other = `${one}s`): string =>
  `${grouped(number)} ${number === 1 ? one : other}`;
