// Options and results of watchBatch and watchBatches.
import type { BatchAlarm, BatchChange, BatchView, ProfileName, ProgressSample } from "#batchlight";

/** The state of a watched batch after a poll. It is plain data: save it as JSON, and pass it as `from` to resume. */
export interface WatchSnapshot<T = unknown> {
  /** The batch as the server sent it. */
  readonly batch: T;
  /** Progress at earlier polls, oldest first, at most 32; estimates of the time left and stall checks need it. */
  readonly history: readonly ProgressSample[];
}

/** A poll that returned something new about a batch. */
export interface BatchUpdate<T = unknown> extends WatchSnapshot<T> {
  /** The batch as `describeBatch` describes it. */
  readonly view: BatchView;
  /** What changed since the previous poll; absent after the first one. */
  readonly change?: BatchChange;
  /** Changes that contradict the previous poll, such as another input file; usually empty. */
  readonly alarms: readonly BatchAlarm[];
  /** When the poll returned, in Unix seconds. */
  readonly at: number;
}

/** An update about one of several watched batches. */
export interface BatchesUpdate<T = unknown> extends BatchUpdate<T> {
  /** The id that was passed to `watchBatches`. */
  readonly id: string;
}

/** A poll that failed and will be retried. */
export interface PollError {
  /** The id of the batch; only from `watchBatches`. */
  readonly id?: string;
  /** The error that `retrieve` threw, or a `BatchlightWatchError` if it did not return a batch. */
  readonly error: unknown;
  /** The number of polls of this batch that failed in a row, from 1. */
  readonly failures: number;
  /** Seconds until the next poll. */
  readonly retryIn: number;
}

/**
 * A source of time; a test can pass one that it advances itself. Polls are due by `now`, so a clock whose `sleep`
 * returns at once must move: with one that stands still, watching never ends.
 *
 * @example
 * import { manualClock, simulateBatch } from "batchlight/mock";
 * import { watchBatch } from "batchlight/watch";
 * const time = manualClock(1764000000);
 * const retrieve = async () => simulateBatch({ created_at: 1764000000 }, time.now());
 * // Sleeping moves the time, so the loop ends within milliseconds.
 * const clock = { now: time.now, sleep: async (milliseconds) => void time.advance(milliseconds / 1000) };
 * for await (const { view } of watchBatch(retrieve, { clock })) if (view.outcome) console.log(view.label); // Completed
 */
export interface WatchClock {
  /** Returns the current time in Unix seconds, with fractions. */
  now(): number;
  /** Resolves after the given number of milliseconds, or as soon as the signal aborts. Never rejects. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Options of `watchBatch`. */
export interface WatchOptions<T = unknown> {
  /** Stops watching when it aborts: no further poll starts, and the loop throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** A saved snapshot to resume from. */
  readonly from?: WatchSnapshot<T> | undefined;
  /**
   * Progress at earlier polls, oldest first, for callers that saved the history without the batch. Default: the history
   * of `from`.
   */
  readonly history?: readonly ProgressSample[] | undefined;
  /** The provider whose rules apply. Default: `openai`. */
  readonly profile?: ProfileName | undefined;
  /** Whether to pause while the page is hidden; outside of a page it has no effect. Default: true. */
  readonly visibility?: boolean | undefined;
  /**
   * Connects a source of events, such as a webhook. It is called once, with a function that starts the next poll now;
   * pass that function the event, so that events about other batches are ignored. A returned function is called when
   * watching ends.
   */
  readonly webhook?: ((pollNow: (event?: unknown) => void) => (() => void) | undefined) | undefined;
  /**
   * For how many seconds status 404 is retried, counted from the first one in a row, before it ends the watching. Some
   * servers send it for seconds after a batch was created, and rarely while it runs; 0 means never. Default: 60.
   */
  readonly notFoundGrace?: number | undefined;
  /** Called after each failed poll that will be retried. */
  readonly onError?: ((error: PollError) => void) | undefined;
  /**
   * The seed of the random part of the delays, which spreads the polls of many clients; the same seed gives the same
   * delays. Default: derived from the batch's id, and for retries from the time.
   */
  readonly seed?: number | undefined;
  /** The source of time, for tests. Default: the system clock. */
  readonly clock?: WatchClock | undefined;
}

/** Options of `watchBatches`. */
export interface WatchManyOptions<T = unknown> extends Omit<WatchOptions<T>, "from" | "history"> {
  /** Saved snapshots to resume from, by batch id. */
  readonly from?: Readonly<Record<string, WatchSnapshot<T>>> | undefined;
  /** The maximum number of polls that start in any minute, over all batches. Default: 60. */
  readonly requestsPerMinute?: number | undefined;
  /** The maximum number of polls that run at the same time. Default: 4. */
  readonly concurrency?: number | undefined;
}

/** Options that `retrieve` is called with. */
export interface RetrieveOptions {
  /** Aborts when watching ends. */
  readonly signal: AbortSignal;
}
