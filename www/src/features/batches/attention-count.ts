// Counts the batches that need attention for the title and the icon of the page, also while another page is shown.
import type { BatchFeed } from "../../data/feed/batch-feed.js";
import type { StoredBatch } from "../../data/feed/batch-store.js";
import { handledChanges, isHandled } from "../../data/handled.js";
import { setAttentionCount } from "../../shared/page-title.js";

/** Returns the batches that need attention and that the user has not handled. */
export const needingAttention = (stored: readonly StoredBatch[]): readonly StoredBatch[] =>
  stored.filter(({ view }) => view.group === "attention" && !isHandled(view));

/** Counts the batches of a feed from now on. Is called once for each feed. */
export function countAttention(feed: BatchFeed): void {
  const count = (): void => setAttentionCount(needingAttention(feed.batches ?? []).length);
  for (const changes of [feed, handledChanges]) changes.addEventListener("change", count);
  count();
}
