// Characters that people cannot see as they are. They can reverse text, take no space, or control a terminal.

/**
 * Control, format, private-use, unassigned and lone surrogate characters, line separators, and spaces that look like a
 * plain space or like nothing.
 */
export const invisible = /[\p{C}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]|(?! )\p{Zs}/u;

/** The name of a character by its code point, such as `U+202E`. */
export const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
