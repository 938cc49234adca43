// Searches older batches, page by page, while the user looks for some that may not be loaded.
import type { LitElement, ReactiveController } from "lit";
import type { BatchFeed } from "../../data/feed/batch-feed.js";
import { hasFilter, timeRange } from "./filter.js";

/** The parameters that do not change which batches are searched. */
const ignored = ["order", "group"];

/** The maximum number of pages that one search loads. */
const maxPages = 20;

/** Searches older batches once for each query with a search text or filters. */
export class OlderSearch implements ReactiveController {
  /** Whether a search runs. */
  running = false;
  readonly #host: LitElement;
  /** The query that was searched last. */
  #key = "";
  #controller: AbortController | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#controller?.abort();
  }

  /** Starts a search when the query has changed since the last one, which is stopped. */
  update(feed: BatchFeed, query: URLSearchParams): void {
    if (feed.batches === undefined) return;
    const key = hasFilter(query) ? [...query].filter(([name]) => !ignored.includes(name)).join("&") : "";
    if (key === this.#key) return;
    this.#key = key;
    this.#controller?.abort();
    this.#controller = new AbortController();
    if (key === "") this.#setRunning(false);
    else if (feed.hasMore) void this.#run(feed, query, this.#controller.signal);
  }

  async #run(feed: BatchFeed, query: URLSearchParams, signal: AbortSignal): Promise<void> {
    this.#setRunning(true);
    const { from } = timeRange(query, feed.api.now());
    for (let page = 0; page < maxPages && feed.hasMore && !signal.aborted; page += 1) {
      if ((feed.oldest?.view.createdAt ?? Infinity) < from) break;
      await feed.loadOlder();
      if (feed.olderError !== undefined) break;
    }
    if (!signal.aborted) this.#setRunning(false);
  }

  #setRunning(running: boolean): void {
    if (running === this.running) return;
    this.running = running;
    this.#host.requestUpdate();
  }
}
