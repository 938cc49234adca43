// Strings from other people, with invisible characters replaced by their names.
import { html, type TemplateResult } from "lit";
import { codePointName, invisible } from "#common/invisible.js";

const separator = new RegExp(`(${invisible.source})`, "u");

/** Renders a string with each invisible character as its name, such as `U+202E`. */
export function revealHidden(text: string): TemplateResult | string {
  if (!invisible.test(text)) return text;
  return html`${text
    .split(separator)
    .map((part, index) =>
      index % 2 === 0
        ? part
        : html`<span class="hidden-character" title="invisible character">${codePointName(part)}</span>`,
    )}`;
}

/** Does the same as {@link revealHidden} without markup, for titles and announcements. */
export const revealHiddenAsText = (text: string): string =>
  text
    .split(separator)
    .map((part, index) => (index % 2 === 0 ? part : codePointName(part)))
    .join("");
