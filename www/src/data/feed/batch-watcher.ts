// Polls every running batch with the package's watcher: each at its own interval, all within one rate limit.
import type { ProgressSample } from "batchlight";
import { type WatchSnapshot, watchBatches } from "batchlight/watch";
import type { Api } from "../api/api.js";
import { requestJson } from "../api/api-request.js";
import { clockOf } from "../api/clock.js";

/** The callbacks of a {@link BatchWatcher}. */
export interface WatcherEvents {
  /** A batch has changed. */
  readonly onUpdate: (batch: unknown, at: number, history: readonly ProgressSample[]) => void;
  /** A poll has succeeded, whether or not the batch changed. */
  readonly onResponse: () => void;
  /** A batch can no longer be polled. All polling stops until {@link BatchWatcher.watch} is called again. */
  readonly onError: (id: string, error: unknown) => void;
}

/** Polls batches until they reach a terminal status or the watcher is stopped. */
export class BatchWatcher {
  readonly #api: Api;
  readonly #events: WatcherEvents;
  /** The id of the batch that a request failed for, by its error. */
  readonly #idOfError = new WeakMap<object, string>();
  #watched: ReadonlySet<string> = new Set();
  #controller: AbortController | undefined;
  #poll: ((event: unknown) => void) | undefined;

  constructor(api: Api, events: WatcherEvents) {
    this.#api = api;
    this.#events = events;
  }

  /**
   * Watches these batches, starting from their last snapshots. Does nothing when all of them are watched already.
   *
   * @param inBackground whether to poll while the page is hidden
   */
  watch(batches: ReadonlyMap<string, WatchSnapshot>, inBackground: boolean): void {
    if (this.#controller && [...batches.keys()].every((id) => this.#watched.has(id))) return;
    this.stop();
    if (batches.size === 0) return;
    this.#watched = new Set(batches.keys());
    this.#controller = new AbortController();
    void this.#run(batches, inBackground, this.#controller.signal);
  }

  /** Polls a batch now. */
  pollNow(id: string): void {
    this.#poll?.({ data: { id } });
  }

  /** Stops all polling. */
  stop(): void {
    this.#controller?.abort();
    this.#controller = undefined;
    this.#watched = new Set();
  }

  async #run(batches: ReadonlyMap<string, WatchSnapshot>, inBackground: boolean, signal: AbortSignal): Promise<void> {
    const { profile, requestsPerMinute, speed } = this.#api;
    const updates = watchBatches(batches.keys(), (id, { signal }) => this.#retrieve(id, signal), {
      signal,
      from: Object.fromEntries(batches),
      profile,
      visibility: !inBackground,
      clock: clockOf(this.#api),
      requestsPerMinute: requestsPerMinute / speed,
      webhook: (poll) => {
        this.#poll = poll;
        return undefined;
      },
    });
    try {
      for await (const { batch, at, history } of updates) this.#events.onUpdate(batch, at, history);
    } catch (error) {
      if (signal.aborted) return;
      // One failing batch ends the watching of all; the receiver of the error calls `watch` for the others.
      this.stop();
      const { response } = error as { readonly response?: { readonly id?: string } };
      const id = this.#idOfError.get(error as object) ?? response?.id;
      for (const failed of id === undefined ? batches.keys() : [id]) this.#events.onError(failed, error);
    }
  }

  async #retrieve(id: string, signal: AbortSignal): Promise<unknown> {
    try {
      const batch = await requestJson(this.#api, `/batches/${encodeURIComponent(id)}`, { signal });
      if ((batch as { id?: unknown } | null)?.id !== id) throw new Error("The response has the id of another batch.");
      this.#events.onResponse();
      return batch;
    } catch (error) {
      this.#idOfError.set(error as object, id);
      throw error;
    }
  }
}
