// The part of a line where an issue stands, read from the file when somebody looks: a report holds positions, not
// texts.

/** What stands at a place: the spot, and what is around it in the same line. */
export interface Excerpt {
  readonly before: string;
  readonly spot: string;
  readonly after: string;
  /** Whether the line goes on to the left, to the right, and whether the spot is longer than shown. */
  readonly cut: { readonly before: boolean; readonly spot: boolean; readonly after: boolean };
}

/**
 * A place in a file: in bytes. Without a length it is a point, and what begins there is the spot: a text, or one
 * character.
 */
export interface Place {
  readonly offset: number;
  readonly length?: number | undefined;
}

// How many characters are shown, and how many bytes are read for them: four to the character at most.
const shown = { before: 64, spot: 96, after: 128 } as const;
const bytesOf = (characters: number): number => characters * 4 + 4;

const newline = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;
const backslash = 0x5c;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads what stands at a place; no more than some hundred bytes, however long the line is. */
export async function excerptOf(file: Blob, { offset, length }: Place): Promise<Excerpt> {
  const from = Math.max(0, offset - bytesOf(shown.before));
  const bytes = new Uint8Array(
    await file.slice(from, offset + bytesOf(shown.spot) + bytesOf(shown.after)).arrayBuffer(),
  );
  const at = offset - from;
  const begin = bytes.lastIndexOf(newline, at - 1) + 1;
  const lineBegin = at === 0 ? 0 : begin;
  const found = bytes.indexOf(newline, at);
  // The carriage return of a line end is not of the line, unless it is what the issue is about.
  const end = found < 0 ? bytes.length : found > at + 1 && bytes[found - 1] === carriageReturn ? found - 1 : found;
  const spotEnd = Math.max(at, Math.min(wholeCharacter(bytes, at + (length ?? lengthAt(bytes, at, end))), end));
  const before = cutBefore(
    decoder.decode(bytes.subarray(lineBegin === 0 && from > 0 ? wholeCharacter(bytes, 0) : lineBegin, at)),
  );
  const spot = cutAfter(decoder.decode(bytes.subarray(at, spotEnd)), shown.spot);
  const after = cutAfter(decoder.decode(bytes.subarray(spotEnd, end)), shown.after);
  return {
    before: before.text,
    spot: spot.text,
    after: spot.cut ? "" : after.text,
    cut: {
      before: before.cut || (lineBegin === 0 && from > 0),
      spot: spot.cut,
      after: !spot.cut && (after.cut || (found < 0 && from + bytes.length < file.size)),
    },
  };
}

/** How long the JSON text is that begins at a point; one byte where none does. */
function lengthAt(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== quote) return 1;
  for (let index = at + 1; index < end; index += bytes[index] === backslash ? 2 : 1)
    if (bytes[index] === quote) return index + 1 - at;
  return 1;
}

/** The next index at which a character begins. */
function wholeCharacter(bytes: Uint8Array, index: number): number {
  let at = index;
  while (at < index + 3 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at += 1;
  return at;
}

// By code points: half a surrogate pair is no character.
function cutBefore(text: string): { text: string; cut: boolean } {
  const characters = [...text];
  return { text: characters.slice(-shown.before).join(""), cut: characters.length > shown.before };
}

function cutAfter(text: string, most: number): { text: string; cut: boolean } {
  const characters = [...text];
  return { text: characters.slice(0, most).join(""), cut: characters.length > most };
}
