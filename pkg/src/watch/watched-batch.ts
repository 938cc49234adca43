// One batch that is watched: what is known of it, when to ask again, and what an answer means.
import { type BatchView, compareBatches, describeBatch, type ProgressSample } from "#batchlight";
import { backOff, isFinal, retryAfter } from "./retry-policy.js";
import type { BatchUpdate, WatchOptions, WatchSnapshot, WatchTrouble } from "./types.js";

/** How many polls are remembered; time left and stall verdicts need no more. */
const remembered = 32;
/** How many answers in a row may be no batch before watching gives up. */
const patience = 3;

/** What a poll came to: something new, or nothing, or the end of watching this batch with an error. */
export type Outcome<T> =
  | { readonly update: BatchUpdate<T> }
  | { readonly trouble: WatchTrouble }
  | { readonly nothing: true }
  | { readonly failed: unknown };

export class Watched<T> {
  /** When to ask next, in Unix seconds. */
  due: number;
  /** Whether it has ended: it is not asked for again. */
  ended = false;
  /** Whether a poll is under way: there is never a second one. */
  busy = false;
  #last: Pick<WatchSnapshot<T>, "batch"> | undefined;
  #history: readonly ProgressSample[];
  #failures = 0;
  /** Until when the server wants to be left alone. */
  #spared = 0;
  #nudged = false;
  readonly #options: Pick<WatchOptions<T>, "profile" | "seed">;

  constructor(options: Pick<WatchOptions<T>, "profile" | "seed" | "from" | "history">, now: number) {
    this.#options = options;
    this.#last = options.from;
    this.#history = options.history ?? options.from?.history ?? [];
    this.due = now;
  }

  /**
   * Makes the next poll happen as soon as may be; one that is under way may already be out of date, so another follows
   * it.
   */
  nudge(now: number): void {
    this.due = Math.max(now, this.#spared);
    this.#nudged = this.busy;
  }

  /** Asks once. Never throws. */
  async poll(retrieve: () => T | PromiseLike<T>, now: () => number): Promise<Outcome<T>> {
    this.busy = true;
    try {
      return this.#answered(await retrieve(), now());
    } catch (error) {
      return this.#failed(error, now(), isFinal(error));
    } finally {
      this.busy = false;
      if (this.#nudged) this.nudge(now());
    }
  }

  #answered(batch: T, at: number): Outcome<T> {
    const { profile, seed } = this.#options;
    const last = this.#last;
    const options = { now: at, profile, seed };
    const seen = describeBatch(batch, options);
    if (seen.status === "") return this.#failed(noBatch(batch, seen), at, this.#failures + 1 >= patience);
    this.#failures = 0;
    const change = last && compareBatches(last.batch, batch, { profile });
    // An answer overtaken by a later one: what is known is newer.
    if (last && change?.relation === "stale") {
      this.#next(describeBatch(last.batch, { ...options, history: this.#history }), at);
      return { nothing: true };
    }
    const history = remember(this.#history, sampleOf(seen, at));
    const view = describeBatch(batch, { ...options, history });
    this.#last = { batch };
    this.#history = history;
    this.#next(view, at);
    if (change?.relation === "unchanged") return { nothing: true };
    return { update: { batch, history, view, ...(change && { change }), alarms: change?.alarms ?? [], at } };
  }

  #next(view: BatchView, at: number): void {
    const { seconds } = view.poll;
    this.ended = seconds === undefined;
    this.due = at + (seconds ?? 0);
  }

  #failed(error: unknown, at: number, forGood: boolean): Outcome<T> {
    this.#failures += 1;
    if (forGood) {
      this.ended = true;
      return { failed: error };
    }
    const asked = retryAfter(error, at);
    const retryIn = Math.max(backOff(this.#failures, chanceOf(this.#options.seed ?? at, this.#failures)), asked);
    this.#spared = at + asked;
    this.due = at + retryIn;
    return { trouble: { error, failures: this.#failures, retryIn } };
  }
}

function noBatch(answer: unknown, { summary }: BatchView): Error {
  return Object.assign(new Error(`no batch was retrieved: ${summary}`), {
    name: "BatchlightWatchError",
    code: "not_a_batch",
    answer,
  });
}

function sampleOf({ progress: { completed = 0, failed = 0 } }: BatchView, at: number): ProgressSample {
  return { at: Math.floor(at), completed, failed };
}

/**
 * The samples with one more. The first stays, so that the pace from the start is known; then the oldest makes place.
 */
function remember(history: readonly ProgressSample[], sample: ProgressSample): readonly ProgressSample[] {
  const more = [...history, sample];
  return more.length <= remembered ? more : [...more.slice(0, 1), ...more.slice(2)];
}

/** A number between 0 and 1 that the same two numbers always give. */
const chanceOf = (seed: number, turn: number): number =>
  Math.abs(Math.sin(seed * 12.9898 + turn * 78.233) * 43758.5453) % 1;
