// A moment on the page.
import { html, type TemplateResult } from "lit";
import { momentOf, type Moment } from "../times.js";

/** A stamp with its day, unless the stamp before was of the same day. */
export function stamp(seconds: number, before?: number): TemplateResult {
  const moment = momentOf(seconds);
  if (!moment) return html`<span class="stamp">${seconds}</span>`;
  return html`<time class="stamp" datetime=${moment.iso} title=${moment.title}>${shown(moment, before)}</time>`;
}

function shown({ day, clock }: Moment, before: number | undefined): string {
  const sameDay = before !== undefined && momentOf(before)?.day === day;
  return sameDay ? clock : `${day}, ${clock}`;
}
