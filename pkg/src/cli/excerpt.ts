// An excerpt of a line around an issue, clipped to the terminal's width.
import { type Glyph, toGlyphs } from "./terminal-text.js";

/**
 * Reads the bytes from `start` up to `end`. Returns fewer bytes at the end of the file, and undefined if the bytes are
 * no longer available.
 */
export type ReadBytes = (start: number, end: number) => Promise<Uint8Array | undefined>;

/** The visible part of a line. */
export interface Excerpt {
  /** The glyphs, with `…` where the line is clipped. */
  readonly glyphs: readonly Glyph[];
  /** The number of cells before the marked range. */
  readonly indent: number;
  /** The number of marked cells, at least 1. */
  readonly marked: number;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const ellipsis: Glyph = { start: 0, end: 0, text: "…", cells: 1, replaced: true };

/**
 * Reads the line around a location and clips it to a width.
 *
 * @param read reads bytes of the file
 * @param place the marked range: offset and length in bytes
 * @param width the available cells, at least 8
 * @returns the excerpt, or undefined if the bytes are not available or the line is empty
 */
export async function excerptOf(
  read: ReadBytes,
  place: { readonly offset: number; readonly length?: number | undefined },
  width: number,
): Promise<Excerpt | undefined> {
  // A cell needs up to four bytes of UTF-8. Combining marks need more, which only shortens the excerpt.
  const radius = 4 * width + 16;
  const start = Math.max(0, place.offset - radius);
  const bytes = await read(start, place.offset + radius);
  if (bytes === undefined || place.offset - start > bytes.length) return undefined;

  const at = place.offset - start;
  const before = at === 0 ? -1 : bytes.lastIndexOf(newline, at - 1);
  const startsAtLineStart = before >= 0 || start === 0;
  const from = startsAtLineStart ? before + 1 : firstCharacterStart(bytes, at);
  const after = bytes.indexOf(newline, at);
  const endsAtLineEnd = after >= 0 || bytes.length < at + radius;
  const to = lineEnd(bytes, from, after >= 0 ? after : bytes.length, at);
  if (to === from) return undefined;

  const glyphs = toGlyphs(bytes.subarray(from, to));
  const first = at - from;
  const last = first + Math.max(1, place.length ?? 1);
  const mark = glyphs.findIndex(({ end }) => end > first);
  const markFrom = mark < 0 ? glyphs.length : mark;
  const markTo = markFrom + glyphs.slice(markFrom).filter((glyph) => glyph.start < last).length;
  return clipToWidth(glyphs, { markFrom, markTo, startsAtLineStart, endsAtLineEnd }, width);
}

/** The offset of the first complete UTF-8 character in bytes that start anywhere. */
function firstCharacterStart(bytes: Uint8Array, limit: number): number {
  let at = 0;
  while (at < Math.min(3, limit) && (bytes[at]! & 0xc0) === 0x80) at++;
  return at;
}

/** The end of the line without its carriage return, unless the carriage return is the marked range. */
const lineEnd = (bytes: Uint8Array, from: number, end: number, at: number): number =>
  end > from && bytes[end - 1] === carriageReturn && at < end - 1 ? end - 1 : end;

interface Selection {
  readonly markFrom: number;
  readonly markTo: number;
  readonly startsAtLineStart: boolean;
  readonly endsAtLineEnd: boolean;
}

const cells = (glyphs: readonly Glyph[]): number => glyphs.reduce((sum, glyph) => sum + glyph.cells, 0);

/** Clips a line to a width: first the marked range, then glyphs from both sides in turn. */
function clipToWidth(
  glyphs: readonly Glyph[],
  { markFrom, markTo, startsAtLineStart, endsAtLineEnd }: Selection,
  width: number,
): Excerpt {
  if (startsAtLineStart && endsAtLineEnd && cells(glyphs) <= width) return excerpt(glyphs, markFrom, markTo);
  const available = width - 2 * ellipsis.cells;
  let [from, to, used] = [markFrom, markFrom, 0];
  const fits = (index: number, min: number, max: number) =>
    index >= min && index < max && used + glyphs[index]!.cells <= available;
  while (fits(to, 0, markTo)) used += glyphs[to++]!.cells;
  for (let extended = true; extended; ) {
    extended = false;
    if (fits(from - 1, 0, from)) {
      used += glyphs[--from]!.cells;
      extended = true;
    }
    if (to >= markTo && fits(to, 0, glyphs.length)) {
      used += glyphs[to++]!.cells;
      extended = true;
    }
  }
  const left = from > 0 || !startsAtLineStart ? [ellipsis] : [];
  const right = to < glyphs.length || !endsAtLineEnd ? [ellipsis] : [];
  const shown = [...left, ...glyphs.slice(from, to), ...right];
  return excerpt(shown, markFrom - from + left.length, Math.min(markTo, to) - from + left.length);
}

const excerpt = (glyphs: readonly Glyph[], from: number, to: number): Excerpt => ({
  glyphs,
  indent: cells(glyphs.slice(0, from)),
  marked: Math.max(1, cells(glyphs.slice(from, to))),
});
