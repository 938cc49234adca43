// What watching takes and gives.
import type { BatchAlarm, BatchChange, BatchView, ProfileName, ProgressSample } from "#batchlight";

/** What is known of a batch after a look at it; plain data, so that it can be saved and watched on from. */
export interface WatchSnapshot<T = unknown> {
  /** The batch as the server sent it. */
  readonly batch: T;
  /** Polls remembered, oldest first: they make time left and stall verdicts possible. */
  readonly history: readonly ProgressSample[];
}

/** A batch that has been looked at again. */
export interface BatchUpdate<T = unknown> extends WatchSnapshot<T> {
  /** What to show. */
  readonly view: BatchView;
  /** What happened since the look before; absent at the first look. */
  readonly change?: BatchChange;
  /** What cannot have happened since the look before, yet did; none most of the time. */
  readonly alarms: readonly BatchAlarm[];
  /** When the answer came, in Unix seconds. */
  readonly at: number;
}

/** An update of one of many batches. */
export interface BatchesUpdate<T = unknown> extends BatchUpdate<T> {
  /** The id it is watched by. */
  readonly id: string;
}

/** A poll that brought no batch. Watching goes on. */
export interface WatchTrouble {
  /** The id of the batch, where several are watched. */
  readonly id?: string;
  /** What was thrown; or an error that says what came in place of a batch. */
  readonly error: unknown;
  /** How many polls in a row have failed. */
  readonly failures: number;
  /** Seconds until the next poll. */
  readonly retryIn: number;
}

/** Tells time and lets it pass; a clock of one's own makes tests quick. */
export interface WatchClock {
  /** The moment, in Unix seconds, fractions included. */
  now(): number;
  /** Resolves after so many milliseconds; resolves early, without an error, when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** How to watch. */
export interface WatchOptions<T = unknown> {
  /** Ends the watching: no poll begins after it, and the loop throws its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Where an earlier watching left off. */
  readonly from?: WatchSnapshot<T> | undefined;
  /**
   * Polls remembered from an earlier watching, oldest first, where the batch itself was not saved. Default: those of
   * `from`.
   */
  readonly history?: readonly ProgressSample[] | undefined;
  /** The provider's ways. Default: `openai`. */
  readonly profile?: ProfileName | undefined;
  /** Whether to stop polling while the page is hidden, where there is a page. Default: yes. */
  readonly visibility?: boolean | undefined;
  /**
   * Brings news from elsewhere, such as a webhook: called once with a function that makes the next poll happen now.
   * Give it the event, and one about another batch is passed over. What it returns is called when watching ends.
   */
  readonly webhook?: ((nudge: (event?: unknown) => void) => (() => void) | undefined) | undefined;
  /** Told of each poll that brought no batch. */
  readonly onTrouble?: ((trouble: WatchTrouble) => void) | undefined;
  /** Spreads many pollers; the same seed gives the same pace. Default: by the batch's id. */
  readonly seed?: number | undefined;
  /** For tests. Default: the machine's. */
  readonly clock?: WatchClock | undefined;
}

/** How to watch many batches. */
export interface WatchManyOptions<T = unknown> extends Omit<WatchOptions<T>, "from" | "history"> {
  /** Where an earlier watching left off, by id. */
  readonly from?: Readonly<Record<string, WatchSnapshot<T>>> | undefined;
  /** How many polls may begin in a minute, all batches together. Default: 60. */
  readonly requestsPerMinute?: number | undefined;
  /** How many polls may be under way at once. Default: 4. */
  readonly concurrency?: number | undefined;
}

/** What a poll is given. */
export interface RetrieveOptions {
  /** Aborts when watching ends. */
  readonly signal: AbortSignal;
}
