// Splits a pasted text into its elements: one batch, a list, or JSON Lines. The package says what each element is.
import { isRecord, parseJson } from "#common/json.js";
import { listItems } from "#common/list-page.js";

/** An element of the text. */
export interface PasteElement {
  /** The value, or its JSON string where it is not parsed yet. */
  readonly value: unknown;
  /** The position, such as `data[3]` or `line 7`; `undefined` when the element is the whole text. */
  readonly place?: string;
}

/** A text split into its elements. */
export interface ParsedPaste {
  /** The kind of the text, for people: `a list response`. */
  readonly kind: string;
  /** The number of elements. */
  readonly length: number;
  /** Returns an element by its index, from 0. Elements are created on demand, because a list can have a million. */
  element(index: number): PasteElement;
}

/** Splits a text into its elements; returns `undefined` for a blank text. */
export function parsePaste(text: string): ParsedPaste | undefined {
  if (text.trim() === "") return undefined;
  const value = parseJson(text);
  if (value === undefined) return parseLines(text) ?? single(text);
  if (Array.isArray(value)) return list(value, "an array", "");
  const data = listItems(value);
  // The package gets the string and not the parsed value, because parsed JSON hides issues such as duplicate keys.
  return data ? list(data, "a list response", "data") : single(text);
}

const single = (text: string): ParsedPaste => ({ kind: "a value", length: 1, element: () => ({ value: text }) });

const list = (elements: readonly unknown[], kind: string, name: string): ParsedPaste => ({
  kind,
  length: elements.length,
  element: (index) => ({ value: elements[index], place: `${name}[${index}]` }),
});

/** Parses JSON Lines: at least two lines, of which the first is an object. */
function parseLines(text: string): ParsedPaste | undefined {
  const lines = [...text.split("\n").entries()].filter(([, line]) => line.trim() !== "");
  const first = lines[0]?.[1];
  if (lines.length < 2 || first === undefined || !isRecord(parseJson(first))) return undefined;
  const element = (at: number): PasteElement => {
    const [index, line] = lines[at] ?? [0, ""];
    return { value: line, place: `line ${index + 1}` };
  };
  return { kind: "JSON Lines", length: lines.length, element };
}
