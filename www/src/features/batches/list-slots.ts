// What the page adds to the list: filters and saved views in its controls, and what stands in its place.
import type { BatchView } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber } from "#common/format.js";
import type { StoredBatch } from "../../data/feed/batch-store.js";
import { errorBanner } from "../../shared/components/banner.js";
import { pages } from "../../shared/route.js";
import "./filter-bar.js";
import "./saved-views.js";

/**
 * Renders the controls for the list of `stored` batches.
 *
 * @param attention the listed batches that need attention
 * @param markAll marks batches as handled
 */
export const listTools = (
  stored: readonly StoredBatch[],
  query: URLSearchParams,
  attention: readonly StoredBatch[],
  markAll: (views: readonly BatchView[]) => void,
): TemplateResult => html`<div slot="controls" class="list-tools">
  <board-filters .stored=${stored} .query=${query}></board-filters>
  <board-views .query=${query}></board-views>
  ${
    attention.length > 1 && query.get("group") === "attention"
      ? html`<button type="button" class="quiet" @click=${() => markAll(attention.map(({ view }) => view))}>
          Mark all ${formatNumber(attention.length)} as handled
        </button>`
      : nothing
  }
</div>`;

/** Renders what an empty list shows: nothing matches the filters, or there are no batches. */
export const emptyList = (isFiltered: boolean, isSearching: boolean): TemplateResult =>
  html`<div slot="empty" class="empty">
    ${
      isFiltered
        ? html`<p class="title">${isSearching ? "Searching older batches…" : "No matching batches"}</p>`
        : html`<p class="title">No batches yet.</p>
            <p>
              New batches appear here automatically. See <a href=${pages.examples.hash}>examples</a>, or
              <a href=${pages.files.hash}>check a file</a> before you send it.
            </p>`
    }
  </div>`;

/** The placeholder rows shown before the first response. */
const placeholders = [1, 2, 3, 4, 5, 6];

/** The place of the list before the first response: its controls and rows. */
export const skeleton = html`<div class="skeleton" aria-hidden="true">
  <i></i>${placeholders.map(() => html`<span></span>`)}
</div>`;

/** Renders why there is no API. */
export const notConnected = (error: string): TemplateResult =>
  html`<section class="live">
    ${errorBanner("Not connected to an API.", error)}
  </section>`;
