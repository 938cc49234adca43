// A moment on the page: short to look at, in full on hover and in `datetime`.
import { html, type TemplateResult } from "lit";
import type { Stage } from "../render-context.js";

/** How long ago a moment was. */
export function ago(seconds: number, { moment }: Stage): TemplateResult {
  const shown = moment(seconds);
  if (!shown) return html`<span part="time" class="stamp">${seconds}</span>`;
  return html`<time part="time" class="stamp" datetime=${shown.iso} title=${shown.full}
    ><bdi>${shown.relative}</bdi></time
  >`;
}

/** A moment with its day, unless the one before was of the same day. */
export function stamp(seconds: number, before: number | undefined, { moment }: Stage): TemplateResult {
  const shown = moment(seconds);
  if (!shown) return html`<span part="time" class="stamp">${seconds}</span>`;
  const sameDay = before !== undefined && moment(before)?.day === shown.day;
  return html`<time part="time" class="stamp" datetime=${shown.iso} title=${shown.full}
    ><bdi>${sameDay ? shown.clock : `${shown.day}, ${shown.clock}`}</bdi></time
  >`;
}
