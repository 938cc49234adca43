// Converts bytes to text that is safe for a terminal: no character moves the cursor, changes the text direction or
// stays invisible. Also measures the width of text in cells.
import { eastAsianWidth } from "get-east-asian-width";
import { codePointName, invisible } from "../../common/invisible.js";

/** A displayed character, usually one grapheme. */
export interface Glyph {
  /** The offset of its first byte. */
  readonly start: number;
  /** The offset after its last byte. */
  readonly end: number;
  /** The displayed string. */
  readonly text: string;
  /** The width of the string in terminal cells. */
  readonly cells: number;
  /** Whether the string replaces characters that cannot be displayed as they are. */
  readonly replaced: boolean;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const tab = "→   ";

/** An emoji sequence. Its joiners, tags and variation selectors are format characters but belong to it. */
const emoji = /^\p{Extended_Pictographic}|^\p{Regional_Indicator}|^[#*0-9]\uFE0F?\u20E3/u;
const wideEmoji = /\p{Emoji_Presentation}|\uFE0F/u;

/** Splits UTF-8 bytes into glyphs. Each invalid byte becomes a glyph such as `<FF>`. */
export function toGlyphs(bytes: Uint8Array): Glyph[] {
  const glyphs: Glyph[] = [];
  for (let at = 0; at < bytes.length; ) {
    // Fast path for ASCII, because segmenting graphemes is slow. Excludes a character before a non-ASCII one, which may
    // be a combining mark.
    if (isPlain(bytes[at]!) && !(bytes[at + 1]! >= 0x80)) {
      glyphs.push({ start: at, end: at + 1, text: String.fromCharCode(bytes[at++]!), cells: 1, replaced: false });
      continue;
    }
    const valid = validUtf8End(bytes, at);
    if (valid === at) {
      const hex = bytes[at]!.toString(16).toUpperCase().padStart(2, "0");
      glyphs.push({ start: at, end: ++at, text: `<${hex}>`, cells: 4, replaced: true });
      continue;
    }
    for (const { segment } of graphemes.segment(decoder.decode(bytes.subarray(at, valid)))) {
      const end = at + encoder.encode(segment).length;
      glyphs.push({ start: at, end, ...display(segment) });
      at = end;
    }
  }
  return glyphs;
}

const isPlain = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;

/** Replaces all characters of a string that a terminal must not receive. */
export const visible = (text: string): string =>
  invisible.test(text)
    ? toGlyphs(encoder.encode(text))
        .map((glyph) => glyph.text)
        .join("")
    : text;

/** The width of a string in cells after {@link visible}. */
export const displayWidth = (text: string): number =>
  toGlyphs(encoder.encode(text)).reduce((sum, { cells }) => sum + cells, 0);

function display(segment: string): Pick<Glyph, "text" | "cells" | "replaced"> {
  if (segment === "\t") return { text: tab, cells: tab.length, replaced: true };
  if (emoji.test(segment)) return { text: segment, cells: wideEmoji.test(segment) ? 2 : 1, replaced: false };
  if (!invisible.test(segment)) return { text: segment, cells: width(segment), replaced: false };
  const text = Array.from(segment, (character) =>
    invisible.test(character) ? characterName(character) : character,
  ).join("");
  return { text, cells: Array.from(text).reduce((sum, character) => sum + width(character), 0), replaced: true };
}

/** The name of an invisible character: its control picture if Unicode has one, else its code point. */
function characterName(character: string): string {
  const point = character.codePointAt(0)!;
  if (point < 0x20) return String.fromCodePoint(0x2400 + point);
  if (point === 0x7f) return "\u2421";
  return `<${codePointName(character)}>`;
}

/** The width of one grapheme in cells: the width of its first character. */
function width(grapheme: string): number {
  const first = grapheme.codePointAt(0)!;
  return /^\p{M}/u.test(grapheme) && grapheme.length === 1 ? 0 : eastAsianWidth(first);
}

/** The end of the valid UTF-8 that starts at an offset, by table 3-7 of the Unicode Standard. */
function validUtf8End(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length === 0 || at + length > bytes.length) return at;
    for (let next = 1; next < length; next++) {
      const low = next > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
      const high = next > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
      const byte = bytes[at + next]!;
      if (byte < low || byte > high) return at;
    }
    at += length;
  }
  return at;
}
