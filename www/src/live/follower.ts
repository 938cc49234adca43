// Follows every batch that still runs, each at its own pace, within one budget: by the package's watcher.
import type { ProgressSample } from "batchlight";
import { watchBatches, type WatchClock, type WatchSnapshot } from "batchlight/watch";
import type { Api } from "../api/api.js";
import { ask, Refused, wordsOf } from "../api/ask.js";

/** What whoever follows is told. */
export interface FollowerEvents {
  /** Something is new about a batch. */
  readonly seen: (batch: unknown, at: number, history: readonly ProgressSample[]) => void;
  /** A batch was asked for, and an answer came. */
  readonly answered: () => void;
  /** Asking for a batch again is of no use. */
  readonly lost: (id: string, why: string) => void;
}

/** Follows batches until they end or it is stopped. */
export class Follower {
  readonly #api: Api;
  readonly #events: FollowerEvents;
  readonly #lost = new Set<string>();
  #followed: ReadonlySet<string> = new Set();
  #stop: AbortController | undefined;
  #nudge: ((event: unknown) => void) | undefined;

  constructor(api: Api, events: FollowerEvents) {
    this.#api = api;
    this.#events = events;
  }

  /** Follows these, from where they were last seen; nothing changes when all of them are followed already. */
  follow(batches: ReadonlyMap<string, WatchSnapshot>): void {
    const wanted = new Map([...batches].filter(([id]) => !this.#lost.has(id)));
    if (this.#stop && [...wanted.keys()].every((id) => this.#followed.has(id))) return;
    this.stop();
    if (wanted.size === 0) return;
    this.#followed = new Set(wanted.keys());
    this.#stop = new AbortController();
    void this.#run(wanted, this.#stop.signal);
  }

  /** Asks for a batch now. */
  look(id: string): void {
    this.#nudge?.({ data: { id } });
  }

  /** Asks for nothing any more. */
  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#followed = new Set();
  }

  async #run(batches: ReadonlyMap<string, WatchSnapshot>, signal: AbortSignal): Promise<void> {
    const { profile, perMinute, speed } = this.#api;
    const updates = watchBatches(batches.keys(), (id, { signal }) => this.#retrieve(id, signal), {
      signal,
      from: Object.fromEntries(batches),
      profile,
      clock: clockOf(this.#api),
      requestsPerMinute: perMinute / speed,
      webhook: (nudge) => void (this.#nudge = nudge),
    });
    try {
      for await (const { batch, at, history } of updates) this.#events.seen(batch, at, history);
    } catch (error) {
      if (signal.aborted) return;
      // One that cannot be had, or is no batch any more, ends the watching of all; the others are followed on.
      const { id } = ((error as { answer?: unknown }).answer ?? {}) as { readonly id?: unknown };
      if (typeof id === "string") this.#lose(id, error);
      this.stop();
      this.follow(batches);
    }
  }

  async #retrieve(id: string, signal: AbortSignal): Promise<unknown> {
    try {
      const batch = await ask(this.#api, `/batches/${encodeURIComponent(id)}`, { signal });
      if ((batch as { id?: unknown } | null)?.id !== id) throw new Error("what came is not the batch that was asked for");
      this.#events.answered();
      return batch;
    } catch (error) {
      // By the same measure as the watcher: these statuses do not change by asking again.
      if (error instanceof Refused && error.status >= 400 && error.status < 500 && ![408, 409, 425, 429].includes(error.status)) {
        this.#lose(id, error);
      }
      throw error;
    }
  }

  #lose(id: string, error: unknown): void {
    this.#lost.add(id);
    this.#events.lost(id, wordsOf(error));
  }
}

/** The API's clock as the watcher takes it: where its time goes fast, waiting is short. */
const clockOf = (api: Api): WatchClock => ({
  now: () => api.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return void resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = milliseconds === Infinity ? undefined : setTimeout(done, Math.min(milliseconds / api.speed, 2 ** 31 - 1));
      signal.addEventListener("abort", done);
    }),
});
