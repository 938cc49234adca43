// Excerpts of lines, read from the file when they are shown: a report holds positions and no content.
import { characterStart, lineAround } from "#common/line-range.js";

/** A marked range of a line with the text around it. */
export interface Excerpt {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
  /** Which of the three parts are cut. */
  readonly cut: { readonly before: boolean; readonly marked: boolean; readonly after: boolean };
}

/** A position in a file, in bytes. Without a length, it stands for the string or the character that starts there. */
export interface FilePosition {
  readonly offset: number;
  readonly length?: number | undefined;
}

/** The maximum length of each part, in code points. */
const maxLength = { before: 64, marked: 96, after: 128 } as const;

/** The maximum length of a part in bytes: at most four per code point. */
const maxBytes = (codePoints: number): number => codePoints * 4 + 4;

const quote = 0x22;
const backslash = 0x5c;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads the excerpt at a position. Reads at most about a kilobyte, however long the line is. */
export async function readExcerpt(file: Blob, { offset, length }: FilePosition): Promise<Excerpt> {
  const from = Math.max(0, offset - maxBytes(maxLength.before));
  const bytes = new Uint8Array(
    await file.slice(from, offset + maxBytes(maxLength.marked) + maxBytes(maxLength.after)).arrayBuffer(),
  );
  const start = offset - from;
  const line = lineAround(bytes, start, from === 0, from + bytes.length >= file.size);
  const tokenEnd = start + (length ?? tokenLength(bytes, start, line.to));
  const markedEnd = Math.max(start, Math.min(characterStart(bytes, tokenEnd), line.to));
  const before = keepEnd(decoder.decode(bytes.subarray(line.from, start)));
  const marked = keepStart(decoder.decode(bytes.subarray(start, markedEnd)), maxLength.marked);
  const after = keepStart(decoder.decode(bytes.subarray(markedEnd, line.to)), maxLength.after);
  return {
    before: before.text,
    marked: marked.text,
    after: marked.cut ? "" : after.text,
    cut: {
      before: before.cut || !line.hasStart,
      marked: marked.cut,
      after: !marked.cut && (after.cut || !line.hasEnd),
    },
  };
}

/** Returns the length in bytes of the JSON string that starts at `at`, or one byte where none starts. */
function tokenLength(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== quote) return 1;
  for (let index = at + 1; index < end; index += bytes[index] === backslash ? 2 : 1)
    if (bytes[index] === quote) return index + 1 - at;
  return 1;
}

// Both cut by code points, so that no surrogate pair is split.
function keepEnd(text: string): { text: string; cut: boolean } {
  const codePoints = [...text];
  return { text: codePoints.slice(-maxLength.before).join(""), cut: codePoints.length > maxLength.before };
}

function keepStart(text: string, max: number): { text: string; cut: boolean } {
  const codePoints = [...text];
  return { text: codePoints.slice(0, max).join(""), cut: codePoints.length > max };
}
