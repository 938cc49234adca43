// Small things about texts for people.

/** A text cut to what a line or two can hold. Only what is shown: what is copied or read out of a title stays whole. */
export function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** A number with its digits grouped. */
export const grouped = (number: number): string => number.toLocaleString("en");

/** A count and its noun, such as `3 notes`. */
export const counted = (number: number, one: string, other = `${one}s`): string =>
  `${grouped(number)} ${number === 1 ? one : other}`;
