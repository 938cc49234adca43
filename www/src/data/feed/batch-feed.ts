// The batches of an API, kept up to date: the list is loaded page by page and refreshed, and each running batch is
// polled.
import type { WatchSnapshot } from "batchlight/watch";
import { listItems, propertyOf } from "#common/list-page.js";
import { messageOf } from "#common/thrown.js";
import type { Api } from "../api/api.js";
import { ApiError, helpFor, isNotFound, requestJson } from "../api/api-request.js";
import { BatchStore, type StoredBatch } from "./batch-store.js";
import { EndedEvent } from "./ended-event.js";
import { BatchWatcher } from "./batch-watcher.js";
import { type ConnectionStatus, connectionStatus, type RequestFailure } from "./connection-status.js";
import { FileNames } from "./file-names.js";

/** The number of batches per page, which is the API's maximum. */
const pageSize = 100;

/** The maximum pause between retries, in milliseconds. */
const maxPause = 300_000;

/** The maximum `Retry-After` that is respected, in milliseconds: a timer cannot wait much longer than that. */
const maxRetryAfter = 86_400_000;

/** The maximum number of missing batches that are requested after one refresh. */
const maxMissing = 10;

/** Data is stale after this many missed refreshes, and not before {@link minStaleAfter}. */
const staleAfterMisses = 3;

/** The minimum age of stale data, in milliseconds. */
const minStaleAfter = 60_000;

/**
 * Holds the batches and dispatches the event `change` when something is new, and {@link EndedEvent}. Sends no request
 * while the page is offline, nor while it is hidden, unless {@link BatchFeed.pollInBackground} allows it.
 */
export class BatchFeed extends EventTarget {
  readonly api: Api;
  /** Whether the API has older batches than those that are loaded. */
  hasMore = false;
  /** Whether older batches are being loaded. */
  loadingOlder = false;
  /** Why older batches could not be loaded. */
  olderError: string | undefined;
  readonly #store: BatchStore;
  readonly #files: FileNames;
  readonly #watcher: BatchWatcher;
  #batches: readonly StoredBatch[] | undefined;
  /** The ids in the newest list. */
  #listed: ReadonlySet<string> = new Set();
  /** The ids that the newest list should contain but does not, though the API still has the batches. */
  readonly #unlisted = new Set<string>();
  #oldestId: string | undefined;
  #older: Promise<void> | undefined;
  /** The time of the last successful response, in milliseconds. */
  #checked: number | undefined;
  #failure: RequestFailure | undefined;
  /** The number of failed refreshes in a row. */
  #failures = 0;
  /** The time of the next refresh, in milliseconds. */
  #refreshAt = 0;
  #refreshing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #inBackground = false;

  constructor(api: Api) {
    super();
    this.api = api;
    this.#store = new BatchStore(api.profile);
    this.#files = new FileNames(api);
    this.#watcher = new BatchWatcher(api, {
      onUpdate: (batch, at, history) => {
        this.#keep(batch, at, history);
        this.#emitChange();
      },
      onResponse: () => (this.#checked = Date.now()),
      onError: (id, error) => {
        if (this.#markGoneIfNotFound(id, error)) return;
        this.#store.markUnwatched(id, messageOf(error));
        this.#watchRunning();
        this.#emitChange();
      },
    });
    document.addEventListener("visibilitychange", this.#schedule);
    addEventListener("online", this.#online);
    addEventListener("offline", this.#offline);
    this.#schedule();
  }

  /** The loaded batches that the API still lists, the newest first; `undefined` before the first response. */
  get batches(): readonly StoredBatch[] | undefined {
    return this.#batches;
  }

  /** The names of input files by file id. */
  get fileNames(): ReadonlyMap<string, string> {
    return this.#files.names;
  }

  /** Sets whether batches are polled while the page is hidden. */
  pollInBackground(value: boolean): void {
    if (value === this.#inBackground) return;
    this.#inBackground = value;
    this.#watcher.stop();
    this.#watchRunning();
    this.#schedule();
  }

  /** The loaded batches that the API no longer lists. */
  get gone(): readonly StoredBatch[] {
    return this.#store.all.filter(({ gone }) => gone);
  }

  /** The last batch of the loaded pages. */
  get oldest(): StoredBatch | undefined {
    return this.#oldestId === undefined ? undefined : this.#store.get(this.#oldestId);
  }

  /** Returns a loaded batch. */
  get(id: string): StoredBatch | undefined {
    return this.#store.get(id);
  }

  /** The current connection status. */
  get status(): ConnectionStatus {
    const staleAfter = Math.max(minStaleAfter, staleAfterMisses * this.api.refreshSeconds * 1000);
    return connectionStatus(
      { checked: this.#checked, failure: this.#failure, offline: this.#isOffline, staleAfter },
      Date.now(),
    );
  }

  /** Requests the list now. */
  refresh(): void {
    this.#refreshAt = 0;
    this.#schedule();
  }

  /** Loads a batch that is not loaded yet; throws when the API does not return it. */
  async load(id: string): Promise<void> {
    this.#put([await requestJson(this.api, `/batches/${encodeURIComponent(id)}`)]);
  }

  /** Loads the next page of older batches, or waits for the one that is being loaded. */
  loadOlder(): Promise<void> {
    this.#older ??= this.#loadOlder().finally(() => {
      this.#older = undefined;
    });
    return this.#older;
  }

  async #loadOlder(): Promise<void> {
    if (this.#oldestId === undefined) return;
    this.loadingOlder = true;
    this.olderError = undefined;
    this.#emitChange();
    try {
      const { data, hasMore } = await this.#requestPage(this.#oldestId);
      this.#oldestId = lastId(data) ?? this.#oldestId;
      this.hasMore = hasMore;
      this.#put(data);
    } catch (error) {
      this.olderError = messageOf(error);
    }
    this.loadingOlder = false;
    this.#emitChange();
  }

  /** Cancels a batch; throws with the server's message when it does not accept. */
  async cancel(id: string): Promise<void> {
    try {
      this.#put([await requestJson(this.api, `/batches/${encodeURIComponent(id)}/cancel`, { method: "POST" })]);
    } catch (error) {
      this.#markGoneIfNotFound(id, error);
      throw error;
    }
    this.#watcher.pollNow(id);
  }

  get #isOffline(): boolean {
    return this.api.remote && !navigator.onLine;
  }

  #online = (): void => this.refresh();

  #offline = (): void => {
    clearTimeout(this.#timer);
    this.#watcher.stop();
    this.#emitChange();
  };

  #schedule = (): void => {
    clearTimeout(this.#timer);
    if ((document.hidden && !this.#inBackground) || this.#refreshing || this.#isOffline) return;
    this.#timer = setTimeout(() => void this.#refresh(), Math.max(0, this.#refreshAt - Date.now()));
  };

  async #refresh(): Promise<void> {
    this.#refreshing = true;
    this.#emitChange();
    let pause = this.api.refreshSeconds * 1000;
    try {
      const { data, hasMore } = await this.#requestPage();
      // When every batch of this page is new, there is a gap behind it: older batches are then loaded from here.
      const hasGap = !data.some((batch) => this.#store.get(idOf(batch) ?? "") !== undefined);
      if (this.#oldestId === undefined || hasGap) {
        this.#oldestId = lastId(data);
        this.hasMore = hasMore;
      }
      this.#checked = Date.now();
      this.#failure = undefined;
      this.#failures = 0;
      const stored = this.#put(data);
      this.#listed = new Set(stored.flatMap(({ id }) => id ?? []));
      await this.#requestMissing(hasMore ? (stored.at(-1)?.view.createdAt ?? Infinity) : -Infinity);
    } catch (error) {
      pause = Math.min(maxPause, pause * 2 ** ++this.#failures);
      if (error instanceof ApiError) {
        const retryAfter = Number(error.headers.get("retry-after")) * 1000 || 0;
        pause = Math.max(pause, Math.min(retryAfter, maxRetryAfter));
      }
      this.#failure = { message: messageOf(error), help: helpFor(error), retryAt: Date.now() + pause };
    }
    this.#refreshing = false;
    this.#refreshAt = Date.now() + pause;
    this.#emitChange();
    this.#schedule();
  }

  /**
   * Requests the batches created after `since`, in Unix seconds, that the newest list should contain but does not, and
   * marks those as gone that the API no longer has.
   */
  async #requestMissing(since: number): Promise<void> {
    for (const id of this.#listed) this.#unlisted.delete(id);
    const missing = this.#store.all
      .filter(({ view, gone }) => !gone && (view.createdAt ?? since) >= since)
      .flatMap(({ id }) => (id === undefined || this.#listed.has(id) || this.#unlisted.has(id) ? [] : [id]));
    await Promise.all(
      missing.slice(0, maxMissing).map(async (id) => {
        try {
          this.#put([await requestJson(this.api, `/batches/${encodeURIComponent(id)}`)]);
          this.#unlisted.add(id);
        } catch (error) {
          // Any other error says nothing about the batch: it is requested again after the next refresh.
          this.#markGoneIfNotFound(id, error);
        }
      }),
    );
  }

  /** Marks a batch as gone when an error says that it does not exist, unless the newest list contains it. */
  #markGoneIfNotFound(id: string, error: unknown): boolean {
    if (!isNotFound(error) || this.#listed.has(id)) return false;
    this.#store.markGone(id);
    this.#watchRunning();
    this.#emitChange();
    return true;
  }

  async #requestPage(after?: string): Promise<{ readonly data: readonly unknown[]; readonly hasMore: boolean }> {
    const page = await requestJson(
      this.api,
      `/batches?limit=${pageSize}${after === undefined ? "" : `&after=${encodeURIComponent(after)}`}`,
    );
    const data = listItems(page);
    if (!data) throw new Error("The response isn’t a list of batches.");
    return { data, hasMore: propertyOf(page, "has_more") === true };
  }

  #put(batches: readonly unknown[]): readonly StoredBatch[] {
    const at = Math.floor(this.api.now());
    const stored = batches.map((batch) => this.#keep(batch, at));
    this.#batches ??= [];
    void this.#files.load(this.#store.all).then((added) => added && this.#emitChange());
    this.#watchRunning();
    this.#emitChange();
    return stored;
  }

  #keep(batch: unknown, at: number, history?: WatchSnapshot["history"]): StoredBatch {
    const before = this.#store.get(idOf(batch) ?? "");
    const stored = this.#store.put(batch, at, history);
    if (before && !before.view.terminal && stored.view.terminal) this.dispatchEvent(new EndedEvent(stored));
    return stored;
  }

  #watchRunning(): void {
    if (this.#isOffline) return;
    const running = this.#store.all.filter(
      ({ id, view, watchError, gone }) => id !== undefined && !view.terminal && watchError === undefined && !gone,
    );
    this.#watcher.watch(
      new Map(running.map(({ id = "", batch, history }): [string, WatchSnapshot] => [id, { batch, history }])),
      this.#inBackground,
    );
  }

  #emitChange(): void {
    if (this.#batches) this.#batches = this.#store.all.filter(({ gone }) => !gone);
    this.dispatchEvent(new Event("change"));
  }
}

const idOf = (batch: unknown): string | undefined => {
  const id = propertyOf(batch, "id");
  return typeof id === "string" ? id : undefined;
};

const lastId = (data: readonly unknown[]): string | undefined => idOf(data.at(-1));
