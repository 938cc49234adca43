// Strings from other people, with invisible characters replaced by their names: such characters can reverse text, take
// no space, or control a terminal.
import { html, type TemplateResult } from "lit";

// Control characters, soft hyphens, bidirectional marks and overrides, zero-width joiners and spaces, line separators,
// tags.
const hidden = /[\p{Cc}\p{Cf}\u2028\u2029\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/u;
const separator = new RegExp(`(${hidden.source})`, "u");

const nameOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Renders a string with each hidden character as its name, such as `U+202E`. */
export function revealHidden(text: string): TemplateResult | string {
  if (!hidden.test(text)) return text;
  return html`${text
    .split(separator)
    .map((part, index) =>
      index % 2 === 0 ? part : html`<span class="hidden-character" title="invisible character">${nameOf(part)}</span>`,
    )}`;
}

/** Does the same as {@link revealHidden} without markup, for titles and announcements. */
export const revealHiddenAsText = (text: string): string =>
  text
    .split(separator)
    .map((part, index) => (index % 2 === 0 ? part : nameOf(part)))
    .join("");
