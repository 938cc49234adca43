// What a pasted text holds: one batch, the elements of a list, or JSON lines. Finds the pieces; what they are is the
// package's business.

/** A part of the text to be described on its own. */
export interface Piece {
  /** The value, or its text where it is not read yet. */
  readonly value: unknown;
  /** Where it stood, in words; none when it is the whole text. */
  readonly place?: string;
}

/** The pieces of a text. */
export interface Reading {
  /** What the text is, in words: `a list response`. */
  readonly what: string;
  /** How many pieces there are. */
  readonly length: number;
  /** A piece, by index from 0. Made on demand: a list can have a million. */
  piece(index: number): Piece;
}

/** Finds the pieces of a text; none when it is blank. */
export function parsePaste(text: string): Reading | undefined {
  if (text.trim() === "") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return linesOf(text) ?? whole(text);
  }
  if (Array.isArray(value)) return listOf(value, "an array", "");
  const data = listData(value);
  // The text itself rather than the value: the package sees what JSON.parse hides.
  return data ? listOf(data, "a list response", "data") : whole(text);
}

const whole = (text: string): Reading => ({ what: "a value", length: 1, piece: () => ({ value: text }) });

const listOf = (elements: readonly unknown[], what: string, name: string): Reading => ({
  what,
  length: elements.length,
  piece: (index) => ({ value: elements[index], place: `${name}[${index}]` }),
});

/** The elements of a list response; some servers send null in place of an empty list. */
function listData(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== "object" || value === null || !("data" in value)) return undefined;
  if (Array.isArray(value.data)) return value.data;
  return "object" in value && value.object === "list" && value.data === null ? [] : undefined;
}

/** JSON lines: several lines, the first of which is an object by itself. */
function linesOf(text: string): Reading | undefined {
  const lines = [...text.split("\n").entries()].filter(([, line]) => line.trim() !== "");
  const first = lines[0]?.[1];
  if (lines.length < 2 || first === undefined || !isObject(first)) return undefined;
  const piece = (at: number): Piece => {
    const [index, line] = lines[at] ?? [0, ""];
    return { value: line, place: `line ${index + 1}` };
  };
  return { what: "JSON lines", length: lines.length, piece };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}
