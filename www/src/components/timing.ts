// How long it has run, how long it may, and whether that is unusual.
import { html, nothing, type TemplateResult } from "lit";
import type { Entry } from "../entry.js";
import { stamp } from "./stamp.js";

/** The times of an entry; nothing when the value says none. */
export function timing({ view, asOf }: Entry): TemplateResult | typeof nothing {
  const { elapsed, deadline, eta, stall } = view.timing;
  if (elapsed === undefined) return nothing;
  const lastStamp = view.timeline.findLast(({ at }) => at !== undefined)?.at;
  if (view.terminal) return html`<ul class="timing"><li>${elapsed} in all</li></ul>`;
  return html`
    <ul class="timing">
      ${stall && html`<li class="stall">${stall.text}</li>`}
      <li>${elapsed} so far, as of ${stamp(asOf, lastStamp)}</li>
      ${eta && html`<li>${eta.text}</li>`}
      ${deadline && stall?.kind !== "overdue" ? html`<li>${deadline.text}</li>` : nothing}
      <li>${view.poll.text}</li>
    </ul>
  `;
}
