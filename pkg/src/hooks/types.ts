// The public types of the stores, which the hooks of React, the composables of Vue and the runes of Svelte return, too.
import type { BatchView, ProgressSample } from "#batchlight";
import type { RetrieveOptions, WatchOptions } from "../watch/types.js";

/** What is known about a watched batch. Every change makes a new object. */
export interface BatchState<T = unknown> {
  /** The batch as the server last sent it; `undefined` before the first response. */
  readonly batch: T | undefined;
  /** The batch as `describeBatch` described it when it arrived; `undefined` before the first response. */
  readonly view: BatchView | undefined;
  /** Progress at earlier polls, oldest first: the `history` of the elements. */
  readonly history: readonly ProgressSample[];
  /** Whether there will be further polls: false without an id, after the batch ended, and after a permanent error. */
  readonly watching: boolean;
  /** The error of the last poll; `undefined` after a successful one. While `watching` is true, the poll is retried. */
  readonly error: unknown;
}

/** What is known about several watched batches. Every change makes a new object. */
export interface BatchesState<T = unknown> {
  /** The batches in the order of the ids, without those that are not loaded yet; `undefined` if none is. */
  readonly batches: readonly T[] | undefined;
  /** What is known about each batch, by its id. */
  readonly states: ReadonlyMap<string, BatchState<T>>;
  /** Whether there will be further polls of any of them. */
  readonly watching: boolean;
  /** The first error among the last polls of the batches; `undefined` if there is none. */
  readonly error: unknown;
}

/** Starts a poll now, also after a permanent error. */
export interface PollNow {
  /** Starts a poll now, also after a permanent error. */
  pollNow(): void;
}

/**
 * A value that changes. It follows the contract of Svelte's stores; `subscribe`, `get` and `initial` fit React's
 * `useSyncExternalStore`.
 */
export interface Store<S> extends PollNow {
  /** The value before anybody subscribed, which is also the value on a server. */
  readonly initial: S;
  /** Returns the current value: the same object until it changes. */
  get(): S;
  /**
   * Calls a function with the current value and again after each change. Polling starts with the first subscriber.
   * Returns a function that ends the subscription; polling ends with the last one.
   */
  subscribe(listener: (value: S) => void): () => void;
}

/** A store of one batch. */
export type BatchStore<T = unknown> = Store<BatchState<T>>;

/** A store of several batches. */
export type BatchesStore<T = unknown> = Store<BatchesState<T>>;

/** Fetches a batch, such as `(id, options) => client.batches.retrieve(id, options)`. */
export type Retrieve<T = unknown> = (id: string, options: RetrieveOptions) => T | PromiseLike<T>;

/** Options of watching in an application. */
export interface BatchStoreOptions<T = unknown> extends Omit<WatchOptions<T>, "signal" | "from"> {
  /** A batch that is known already, such as the one that the server loaded. One that has ended is not polled. */
  readonly initial?: T | undefined;
  /**
   * The time for which `initial` is described, in Unix seconds. Pass the time of the server, so that hydration renders
   * the same text. Default: the system clock.
   */
  readonly now?: number | undefined;
}

/** Options of watching several batches in an application. */
export interface BatchesStoreOptions<T = unknown> extends Omit<BatchStoreOptions<T>, "initial" | "history"> {
  /** Batches that are known already, such as a list that the server loaded. Those that have ended are not polled. */
  readonly initial?: readonly T[] | undefined;
}
