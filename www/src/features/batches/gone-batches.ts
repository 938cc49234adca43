// Batches that the API no longer lists: what was last seen of them is past, and there is nothing to be done about it.
import { html, nothing, type TemplateResult } from "lit";
import type { Known } from "../../data/feed/batch-store.js";
import { hashOf } from "../../shared/route.js";
import { counted, shorten } from "../../shared/text.js";
import { visible } from "../../shared/hidden-characters.js";
import { changeLog } from "./activity.js";

/** How many of them are named. */
const most = 20;

const lastSeen = ({ view }: Known): TemplateResult => html`last seen as <bdi>${shorten(view.label, 40)}</bdi>`;

/** A batch's id, at most so long. */
const idOf = (known: Known, length: number): TemplateResult =>
  html`<code><bdi>${visible(shorten(known.id ?? "", length))}</bdi></code>`;

/** The batches below the list; nothing where there are none. */
export function goneList(gone: readonly Known[]): TemplateResult | typeof nothing {
  if (gone.length === 0) return nothing;
  return html`<section class="gone-batches" aria-labelledby="gone-title">
    <h3 id="gone-title">${counted(gone.length, "batch", "batches")} no longer listed by the API</h3>
    <ul>${gone
      .slice(0, most)
      .map(
        (known) =>
          html`<li><a href=${hashOf({ page: "batches", id: known.id })}>${idOf(known, 60)}</a> ${lastSeen(known)}</li>`,
      )}</ul>
    ${gone.length > most ? html`<p class="hint">and ${counted(gone.length - most, "more", "more")}</p>` : nothing}
  </section>`;
}

const isFinal = "It cannot be followed or cancelled any more.";

/** One of them in place of its card, which would go on to show its last status. */
export const goneBatch = (known: Known): TemplateResult => html`
  <div class="banner" data-tone="warning">
    <p class="title">This batch is no longer listed by the API.</p>
    <p>${idOf(known, 80)} was ${lastSeen(known)}: ${known.view.progress.text}. ${isFinal}</p>
  </div>
  ${changeLog(known.log)}
  <board-object .value=${known.batch}></board-object>
`;
