// Random Unicode characters for fast-check.
import fc from "fast-check";

/**
 * Any character, as often as any other. The same as fast-check's own unit "binary", which first fills a table with all
 * of them: that takes a second in every process.
 */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff })
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));
