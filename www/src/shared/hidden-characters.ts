// Text of strangers with nothing hidden in it: what turns the writing round, takes no room or controls a terminal is
// named instead.
import { html, type TemplateResult } from "lit";

// C0 and C1 controls, soft hyphen, marks and overrides of direction, joiners and spaces without width, line separators,
// tags.
const hidden = /[\p{Cc}\p{Cf}\u2028\u2029\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/u;
const apart = new RegExp(`(${hidden.source})`, "u");

const name = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** A text in which hidden characters are named: `U+202E`. */
export function visible(text: string): TemplateResult | string {
  if (!hidden.test(text)) return text;
  return html`${text
    .split(apart)
    .map((part, index) =>
      index % 2 === 0 ? part : html`<span class="odd" title="a character that cannot be seen">${name(part)}</span>`,
    )}`;
}

/** The same without markup, for titles and spoken sentences. */
export const plainly = (text: string): string =>
  text
    .split(apart)
    .map((part, index) => (index % 2 === 0 ? part : name(part)))
    .join("");
