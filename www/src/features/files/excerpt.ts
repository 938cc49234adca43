// Excerpts of lines, read from the file when they are shown: a report holds positions and no content.

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

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
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
  const lineStart = start === 0 ? 0 : bytes.lastIndexOf(lineFeed, start - 1) + 1;
  const lineEnd = bytes.indexOf(lineFeed, start);
  // The carriage return of a line break is not part of the line, unless the position points at it.
  const end =
    lineEnd < 0 ? bytes.length : lineEnd > start + 1 && bytes[lineEnd - 1] === carriageReturn ? lineEnd - 1 : lineEnd;
  const markedEnd = Math.max(
    start,
    Math.min(nextCodePoint(bytes, start + (length ?? tokenLength(bytes, start, end))), end),
  );
  const startsBeforeSample = lineStart === 0 && from > 0;
  const before = keepEnd(
    decoder.decode(bytes.subarray(startsBeforeSample ? nextCodePoint(bytes, 0) : lineStart, start)),
  );
  const marked = keepStart(decoder.decode(bytes.subarray(start, markedEnd)), maxLength.marked);
  const after = keepStart(decoder.decode(bytes.subarray(markedEnd, end)), maxLength.after);
  return {
    before: before.text,
    marked: marked.text,
    after: marked.cut ? "" : after.text,
    cut: {
      before: before.cut || startsBeforeSample,
      marked: marked.cut,
      after: !marked.cut && (after.cut || (lineEnd < 0 && from + bytes.length < file.size)),
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

/** Returns the first index from `index` on at which a UTF-8 sequence starts. */
function nextCodePoint(bytes: Uint8Array, index: number): number {
  let at = index;
  while (at < index + 3 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at += 1;
  return at;
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
