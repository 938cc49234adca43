// JSON output that is safe to print on a terminal.
import { invisible } from "../../common/invisible.js";

/** Characters to escape. Line breaks are excluded: they come from indentation only. */
const escaped = new RegExp(`(?!\\n)(?:${invisible.source})`, "gu");

/**
 * Serializes a value and writes invisible characters, such as control and direction characters, as `\uXXXX`.
 * `JSON.parse` returns the same value.
 */
export const jsonOf = (value: unknown, indent?: number): string =>
  JSON.stringify(value, undefined, indent).replace(escaped, (character) =>
    Array.from({ length: character.length }, (_, at) => hex(character.charCodeAt(at))).join(""),
  );

const hex = (unit: number): string => `\\u${unit.toString(16).padStart(4, "0")}`;
