// An excerpt of a line around an issue, clipped to the terminal's width.
import { lineAround, type LineRange } from "../../common/line-range.js";
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
  const line = lineAround(bytes, at, start === 0, bytes.length < at + radius);
  const { from, to } = line;
  if (to === from) return undefined;

  const glyphs = toGlyphs(bytes.subarray(from, to));
  const first = at - from;
  const last = first + Math.max(1, place.length ?? 1);
  const mark = glyphs.findIndex(({ end }) => end > first);
  const markFrom = mark < 0 ? glyphs.length : mark;
  const markTo = markFrom + glyphs.slice(markFrom).filter((glyph) => glyph.start < last).length;
  return clipToWidth(glyphs, { markFrom, markTo, line }, width);
}

interface Selection {
  readonly markFrom: number;
  readonly markTo: number;
  readonly line: LineRange;
}

const cells = (glyphs: readonly Glyph[]): number => glyphs.reduce((sum, glyph) => sum + glyph.cells, 0);

/** Clips a line to a width: first the marked range, then glyphs from both sides in turn. */
function clipToWidth(glyphs: readonly Glyph[], { markFrom, markTo, line }: Selection, width: number): Excerpt {
  if (line.hasStart && line.hasEnd && cells(glyphs) <= width) return excerpt(glyphs, markFrom, markTo);
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
  const left = from > 0 || !line.hasStart ? [ellipsis] : [];
  const right = to < glyphs.length || !line.hasEnd ? [ellipsis] : [];
  const shown = [...left, ...glyphs.slice(from, to), ...right];
  return excerpt(shown, markFrom - from + left.length, Math.min(markTo, to) - from + left.length);
}

const excerpt = (glyphs: readonly Glyph[], from: number, to: number): Excerpt => ({
  glyphs,
  indent: cells(glyphs.slice(0, from)),
  marked: Math.max(1, cells(glyphs.slice(from, to))),
});
