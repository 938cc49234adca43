// Batches that the API no longer lists. Their last status may be out of date, and they can no longer be cancelled.
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import type { StoredBatch } from "../../data/feed/batch-store.js";
import { banner } from "../../shared/components/banner.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { formatHash } from "../../shared/route.js";
import { truncate } from "../../shared/text.js";
import { activity } from "./activity.js";

/** The maximum number of batches listed. */
const maxShown = 20;

const lastSeen = ({ view }: StoredBatch): TemplateResult => html`last seen as <bdi>${truncate(view.label, 40)}</bdi>`;

const idOf = (stored: StoredBatch, maxLength: number): TemplateResult =>
  html`<code><bdi>${revealHidden(truncate(stored.id ?? "", maxLength))}</bdi></code>`;

/** Renders the batches below the list; renders nothing when there are none. */
export function goneList(gone: readonly StoredBatch[]): TemplateResult | typeof nothing {
  if (gone.length === 0) return nothing;
  return html`<section class="gone-batches" aria-labelledby="gone-title">
    <h3 id="gone-title">${pluralize(gone.length, "batch", "batches")} no longer listed by the API</h3>
    <ul>${gone.slice(0, maxShown).map(
      (stored) =>
        html`<li>
            <a href=${formatHash({ page: "batches", id: stored.id })}>${idOf(stored, 60)}</a> ${lastSeen(stored)}
          </li>`,
    )}</ul>
    ${gone.length > maxShown ? html`<p class="hint">and ${formatNumber(gone.length - maxShown)} more</p>` : nothing}
  </section>`;
}

/** Renders one of these batches. It replaces the card, which would present the last status as current. */
export const goneBatch = (stored: StoredBatch): TemplateResult => html`
  ${banner(
    "warning",
    "The API no longer lists this batch.",
    html`<p>
      ${idOf(stored, 80)} was ${lastSeen(stored)}: ${stored.view.progress.text}. It can’t be updated or cancelled.
    </p>`,
  )}
  ${activity(stored.log)}
  <board-raw-json .value=${stored.batch}></board-raw-json>
`;
