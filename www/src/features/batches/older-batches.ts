// The line below the list: how many batches are loaded, and a button that loads older ones.
import { html, nothing, type TemplateResult } from "lit";
import { pluralize } from "#common/format.js";
import type { BatchFeed } from "../../data/feed/batch-feed.js";
import { truncate } from "../../shared/text.js";

/** What the loaded batches are used for. */
export type OlderUse = "shown" | "searched" | "searching";

const sentences = { shown: "Showing", searched: "Searched", searching: "Searching older batches:" } as const;

/** Renders the line; renders nothing when there are no older batches. */
export function olderBatches(feed: BatchFeed, use: OlderUse): TemplateResult | typeof nothing {
  if (!feed.hasMore && feed.olderError === undefined) return nothing;
  return html`<p class="older">
    <span>${sentences[use]} the newest ${pluralize(feed.batches?.length ?? 0, "batch", "batches")}.</span>
    <button type="button" ?disabled=${feed.loadingOlder} @click=${() => void feed.loadOlder()}>
      ${feed.loadingOlder ? "Loading…" : "Load older"}
    </button>
    ${
      feed.olderError === undefined
        ? nothing
        : html`<span class="trouble" data-tone="danger"><bdi>${truncate(feed.olderError, 300)}</bdi></span>`
    }
  </p>`;
}
