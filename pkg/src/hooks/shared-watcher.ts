// Watches a batch for all its subscribers in a page: one loop per id, from the first subscriber to the last.
import { watchBatch } from "#watch";
import { systemClock } from "../watch/clock.js";
import { requestLimit } from "./request-limit.js";
import type { BatchState, Retrieve, BatchStoreOptions } from "./types.js";

/** The options of a watcher. */
export type WatcherOptions<T> = Omit<BatchStoreOptions<T>, "initial" | "now" | "history">;

/** The running watchers by batch id. A watcher without a subscriber is removed. */
const watchers = new Map<string, SharedWatcher<unknown>>();

/** Returns the watcher of an id, created if there is none. It takes over what the caller already knows. */
export function sharedWatcher<T>(
  id: string,
  retrieve: Retrieve<T>,
  options: WatcherOptions<T>,
  state: BatchState<T>,
): SharedWatcher<T> {
  let watcher = watchers.get(id) as SharedWatcher<T> | undefined;
  if (!watcher) {
    watcher = new SharedWatcher(id, retrieve, options, state);
    watchers.set(id, watcher as SharedWatcher<unknown>);
  }
  watcher.learn(state);
  return watcher;
}

/** Watches a batch while it has subscribers. */
export class SharedWatcher<T> {
  readonly #id: string;
  readonly #retrieve: Retrieve<T>;
  readonly #options: WatcherOptions<T>;
  readonly #listeners = new Set<(state: BatchState<T>) => void>();
  #state: BatchState<T>;
  /** Ends the running loop; `undefined` if none runs. */
  #end: AbortController | undefined;
  #pollNow: (() => void) | undefined;

  constructor(id: string, retrieve: Retrieve<T>, options: WatcherOptions<T>, state: BatchState<T>) {
    this.#id = id;
    this.#retrieve = retrieve;
    this.#options = options;
    this.#state = state;
  }

  get state(): BatchState<T> {
    return this.#state;
  }

  /** Takes over a batch that a later subscriber knows before the first poll has returned. */
  learn(state: BatchState<T>): void {
    if (this.#state.batch === undefined && state.batch !== undefined) this.#set(state);
  }

  /** Adds a subscriber. Returns a function that removes it. */
  subscribe(listener: (state: BatchState<T>) => void): () => void {
    this.#listeners.add(listener);
    this.#updateSoon();
    return () => {
      this.#listeners.delete(listener);
      this.#updateSoon();
    };
  }

  /** Polls now. Resumes watching if it has ended. */
  pollNow(): void {
    if (this.#pollNow) return this.#pollNow();
    this.#set({ ...this.#state, watching: true });
    this.#updateSoon();
  }

  /**
   * Starts or stops the loop at the end of the current task, because React's strict mode subscribes twice, and a change
   * of pages removes one component and adds the next.
   */
  #updateSoon(): void {
    queueMicrotask(() => {
      if (this.#listeners.size > 0) return this.#start();
      if (watchers.get(this.#id) === (this as SharedWatcher<unknown>)) watchers.delete(this.#id);
      this.#end?.abort();
    });
  }

  #start(): void {
    if (this.#end || !this.#state.watching) return;
    const end = new AbortController();
    this.#end = end;
    void this.#watch(end.signal).finally(() => {
      if (this.#end === end) this.#end = undefined;
      this.#pollNow = undefined;
    });
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { webhook, onError, ...options } = this.#options;
    const { batch: known, history } = this.#state;
    const limit = requestLimit(options.clock ?? systemClock);
    const updates = watchBatch<T>((retrieveOptions) => limit.run(() => this.#request(retrieveOptions), signal), {
      ...options,
      history,
      signal,
      from: known === undefined ? undefined : { batch: known, history },
      webhook: (pollNow) => {
        this.#pollNow = () => pollNow();
        return webhook?.(pollNow);
      },
      onError: (pollError) => {
        this.#set({ ...this.#state, error: pollError.error });
        onError?.(pollError);
      },
    });
    try {
      for await (const { batch, view, history } of updates)
        this.#set({ batch, view, history, watching: view.poll.action === "wait", error: undefined });
      if (this.#state.watching) this.#set({ ...this.#state, watching: false });
    } catch (error) {
      if (!signal.aborted) this.#set({ ...this.#state, watching: false, error });
    }
  }

  async #request(options: { readonly signal: AbortSignal }): Promise<T> {
    const batch = await this.#retrieve(this.#id, options);
    // An unchanged batch yields no update.
    if (this.#state.error !== undefined) this.#set({ ...this.#state, error: undefined });
    return batch;
  }

  #set(state: BatchState<T>): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
