// JSON as every command writes it: safe to look at on a terminal, and the same value for programs.
import { invisible } from "./terminal-text.js";

/** What a terminal must not get; line breaks come from indentation only, as JSON escapes those of strings itself. */
const escaped = new RegExp(`(?!\\n)(?:${invisible.source})`, "gu");

/**
 * A value as JSON in which every character is visible: control characters beyond those that JSON escapes itself,
 * direction marks and the like are written as `\uXXXX`.
 */
export const jsonOf = (value: unknown, indent?: number): string =>
  JSON.stringify(value, undefined, indent).replace(escaped, (character) =>
    Array.from({ length: character.length }, (_, at) => hex(character.charCodeAt(at))).join(""),
  );

const hex = (unit: number): string => `\\u${unit.toString(16).padStart(4, "0")}`;
