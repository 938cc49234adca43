// Identifiers such as batch_67f1…d6e7: where there is no room, the middle is left out, because ids differ at their end.
import { html, type TemplateResult } from "lit";
import { sanitize } from "../sanitize.js";

/** The number of characters at the end that always stay, in UTF-16 code units. */
const endLength = 6;

/** Renders an identifier on one line. The whole text is in the page, so that it can be found and copied. */
export function shortIdentifier(text: string, maxLength?: number): TemplateResult {
  const shown = sanitize(text, maxLength);
  // Not between the halves of a surrogate pair.
  const end = Math.max(0, shown.length - endLength);
  const cut = /[\udc00-\udfff]/.test(shown.charAt(end)) ? end - 1 : end;
  return html`<code class="id-text" dir="ltr" title=${shown}
    ><bdi class="id-start">${shown.slice(0, cut)}</bdi><bdi class="id-end">${shown.slice(cut)}</bdi></code
  >`;
}
