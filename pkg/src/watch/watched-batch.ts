// The state of one watched batch: its last response, when to poll next, and what a new response means.
import type { BatchView, ProgressSample } from "#batchlight";
import { compareBatches, describeBatch } from "../runtime/registered-core.js";
import { type BatchlightWatchError, notABatchError } from "./errors.js";
import { backoffSeconds, defaultNotFoundGrace, isNotFound, isPermanent, retryAfterSeconds } from "./retry-policy.js";
import type { BatchUpdate, PollError, WatchOptions, WatchSnapshot } from "./types.js";

/** The number of polls whose progress is kept; estimates of the time left do not use more. */
const maxHistory = 32;
/** The number of consecutive responses that are not batches after which watching fails. */
const maxInvalidResponses = 3;

/** The result of one poll: an update, a failure to retry, no change, or an error that stops the watcher. */
export type PollResult<T> =
  | { readonly update: BatchUpdate<T> }
  | { readonly retry: PollError }
  | { readonly unchanged: true }
  | { readonly fatal: unknown };

/** A watched batch. */
export class WatchedBatch<T> {
  /** When the next poll is due, in Unix seconds. */
  dueAt: number;
  /** Whether there is nothing left to poll for: the batch has ended, or polling it failed permanently. */
  ended = false;
  /** Whether a poll is running; there is at most one per batch. */
  polling = false;
  #last: Pick<WatchSnapshot<T>, "batch"> | undefined;
  #history: readonly ProgressSample[];
  #failures = 0;
  /** The time of the first 404 after the last successful response, in Unix seconds. */
  #missingSince: number | undefined;
  /** The end of the server's last Retry-After, in Unix seconds; no poll starts earlier. */
  #notBefore = 0;
  #pollAgain = false;
  readonly #options: Pick<WatchOptions<T>, "profile" | "seed" | "notFoundGrace">;

  constructor(options: Pick<WatchOptions<T>, "profile" | "seed" | "notFoundGrace" | "from" | "history">, now: number) {
    const { notFoundGrace = 0 } = options;
    if (!(notFoundGrace >= 0))
      throw new RangeError(`expected a number of at least 0, found ${notFoundGrace} at notFoundGrace`);
    this.#options = options;
    this.#last = options.from;
    this.#history = options.history ?? options.from?.history ?? [];
    this.dueAt = now;
  }

  /**
   * Makes the next poll due now, or at the end of the server's Retry-After. The response to a running poll may
   * already be out of date, so another poll follows it.
   */
  pollNow(now: number): void {
    this.dueAt = Math.max(now, this.#notBefore);
    this.#pollAgain = this.polling;
  }

  /** Polls once. The promise is never rejected: a failure is a result. */
  async poll(retrieve: () => T | PromiseLike<T>, now: () => number): Promise<PollResult<T>> {
    this.polling = true;
    try {
      return this.#receive(await retrieve(), now());
    } catch (error) {
      return isNotFound(error)
        ? this.#handleNotFound(error, now())
        : this.#handleFailure(error, now(), isPermanent(error));
    } finally {
      this.polling = false;
      // `pollNow` was called while the response was on its way.
      if (this.#pollAgain) this.pollNow(now());
    }
  }

  #receive(batch: T, at: number): PollResult<T> {
    const { profile, seed } = this.#options;
    const last = this.#last;
    const options = { now: at, profile, seed };
    const described = describeBatch(batch, options);
    if (described.status === "") return this.#handleInvalidResponse(notABatchError(batch, described), at);
    this.#failures = 0;
    this.#missingSince = undefined;
    const change = last && compareBatches(last.batch, batch, { profile });
    // A stale response is older than the last one, which therefore stays.
    if (last && change?.relation === "stale") {
      this.#scheduleNext(describeBatch(last.batch, { ...options, history: this.#history }), at);
      return { unchanged: true };
    }
    const history = appendSample(this.#history, sampleOf(described, at));
    const view = describeBatch(batch, { ...options, history });
    this.#last = { batch };
    this.#history = history;
    this.#scheduleNext(view, at);
    if (change?.relation === "unchanged") return { unchanged: true };
    return { update: { batch, history, view, ...(change && { change }), alarms: change?.alarms ?? [], at } };
  }

  #scheduleNext({ poll }: BatchView, at: number): void {
    this.ended = poll.action === "stop";
    this.dueAt = at + (poll.action === "wait" ? poll.seconds : 0);
  }

  #handleInvalidResponse(error: BatchlightWatchError, at: number): PollResult<T> {
    return this.#handleFailure(error, at, this.#failures + 1 >= maxInvalidResponses);
  }

  /** Handles a 404. The last retry is at the end of the grace period. */
  #handleNotFound(error: unknown, at: number): PollResult<T> {
    this.#missingSince ??= at;
    const end = this.#missingSince + (this.#options.notFoundGrace ?? defaultNotFoundGrace);
    return this.#handleFailure(error, at, at >= end, end - at);
  }

  #handleFailure(error: unknown, at: number, isFatal: boolean, maxWait = Infinity): PollResult<T> {
    this.#failures += 1;
    if (isFatal) {
      this.ended = true;
      return { fatal: error };
    }
    const retryAfter = retryAfterSeconds(error, at);
    const jitter = pseudoRandom(this.#options.seed ?? at, this.#failures);
    const retryIn = Math.max(Math.min(backoffSeconds(this.#failures, jitter), maxWait), retryAfter);
    this.#notBefore = at + retryAfter;
    this.dueAt = at + retryIn;
    return { retry: { error, failures: this.#failures, retryIn } };
  }
}

function sampleOf({ progress: { completed = 0, failed = 0 } }: BatchView, at: number): ProgressSample {
  return { at: Math.floor(at), completed, failed };
}

/**
 * Appends a sample. Over the limit, the second oldest is dropped: the oldest stays, so that the average rate since the
 * start remains known.
 */
function appendSample(history: readonly ProgressSample[], sample: ProgressSample): readonly ProgressSample[] {
  const appended = [...history, sample];
  return appended.length <= maxHistory ? appended : [...appended.slice(0, 1), ...appended.slice(2)];
}

/** A number from 0 to 1, the same for the same arguments. */
const pseudoRandom = (seed: number, index: number): number =>
  Math.abs(Math.sin(seed * 12.9898 + index * 78.233) * 43758.5453) % 1;
