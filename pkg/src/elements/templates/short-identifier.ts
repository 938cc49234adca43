// Identifiers such as batch_67f1…c5d6e7: in a narrow place the middle is hidden, because ids differ at their end.
import { html, type TemplateResult } from "lit";
import { sanitize } from "../sanitize.js";

/** The number of characters that always stay at the start and at the end, in UTF-16 code units. */
const startLength = 10;
const endLength = 6;

/** Renders an identifier. The whole text is in the page, so that it can be found, copied and read aloud. */
export function shortIdentifier(text: string, maxLength?: number): TemplateResult {
  const whole = sanitize(text, maxLength);
  // Characters outside of ASCII could be cut in two.
  if (whole.length <= startLength + endLength + 2 || /[^ -~]/.test(whole))
    return html`<code><bdi>${whole}</bdi></code>`;
  const [start, middle, end] = [
    whole.slice(0, startLength),
    whole.slice(startLength, -endLength),
    whole.slice(-endLength),
  ];
  return html`<code title=${whole}><bdi>${start}<span class="id-middle">${middle}</span>${end}</bdi></code>`;
}
