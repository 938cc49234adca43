// The line around a position in a file, found in a sample of the file's bytes.

/** The part of a line that a sample contains, from the offset `from` up to `to`. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
  /** Whether the line starts at `from`; otherwise it starts before the sample. */
  readonly hasStart: boolean;
  /** Whether the line ends at `to`; otherwise it ends after the sample. */
  readonly hasEnd: boolean;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Finds the line around the offset `at` of a sample. The carriage return of a line break is not part of the line,
 * unless the offset points at it. A UTF-8 character that starts before the sample is not part of the range.
 *
 * @param hasFileStart whether the sample starts at the start of the file
 * @param hasFileEnd whether the sample ends at the end of the file
 */
export function lineAround(bytes: Uint8Array, at: number, hasFileStart: boolean, hasFileEnd: boolean): LineRange {
  const before = at === 0 ? -1 : bytes.lastIndexOf(lineFeed, at - 1);
  const after = bytes.indexOf(lineFeed, at);
  const hasStart = before >= 0 || hasFileStart;
  const hasEnd = after >= 0 || hasFileEnd;
  const from = hasStart ? before + 1 : Math.min(characterStart(bytes, 0), at);
  const end = after >= 0 ? after : bytes.length;
  const hasReturn = hasEnd && end > from && bytes[end - 1] === carriageReturn && at < end - 1;
  return { from, to: hasReturn ? end - 1 : end, hasStart, hasEnd };
}

/** The first offset from `from` on at which a UTF-8 character starts. */
export function characterStart(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < from + 3 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at++;
  return at;
}
