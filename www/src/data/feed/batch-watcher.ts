// Follows every batch that still runs, each at its own pace, within one budget: by the package's watcher.
import type { ProgressSample } from "batchlight";
import { watchBatches, type WatchClock, type WatchSnapshot } from "batchlight/watch";
import type { Api } from "../api/api.js";
import { ask } from "../api/api-request.js";

/** What whoever follows is told. */
export interface FollowerEvents {
  /** Something is new about a batch. */
  readonly seen: (batch: unknown, at: number, history: readonly ProgressSample[]) => void;
  /** A batch was asked for, and an answer came. */
  readonly answered: () => void;
  /** Asking for a batch again is of no use; nothing is followed until it is said anew what to follow. */
  readonly lost: (id: string, error: unknown) => void;
}

/** Follows batches until they end or it is stopped. */
export class Follower {
  readonly #api: Api;
  readonly #events: FollowerEvents;
  /** Which batch a failed question was about. */
  readonly #about = new WeakMap<object, string>();
  #followed: ReadonlySet<string> = new Set();
  #stop: AbortController | undefined;
  #nudge: ((event: unknown) => void) | undefined;

  constructor(api: Api, events: FollowerEvents) {
    this.#api = api;
    this.#events = events;
  }

  /** Follows these, from where they were last seen; nothing changes when all of them are followed already. */
  follow(batches: ReadonlyMap<string, WatchSnapshot>): void {
    if (this.#stop && [...batches.keys()].every((id) => this.#followed.has(id))) return;
    this.stop();
    if (batches.size === 0) return;
    this.#followed = new Set(batches.keys());
    this.#stop = new AbortController();
    void this.#run(batches, this.#stop.signal);
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
      webhook: (nudge) => {
        this.#nudge = nudge;
        return undefined;
      },
    });
    try {
      for await (const { batch, at, history } of updates) this.#events.seen(batch, at, history);
    } catch (error) {
      if (signal.aborted) return;
      // One that cannot be had, or is no batch any more, ends the watching of all: whoever is told follows the others
      // on.
      this.stop();
      const id =
        this.#about.get(error as object) ?? (error as { readonly answer?: { readonly id?: string } }).answer?.id;
      for (const lost of id === undefined ? batches.keys() : [id]) this.#events.lost(lost, error);
    }
  }

  async #retrieve(id: string, signal: AbortSignal): Promise<unknown> {
    try {
      const batch = await ask(this.#api, `/batches/${encodeURIComponent(id)}`, { signal });
      if ((batch as { id?: unknown } | null)?.id !== id)
        throw new Error("what came is not the batch that was asked for");
      this.#events.answered();
      return batch;
    } catch (error) {
      this.#about.set(error as object, id);
      throw error;
    }
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
      const timer =
        milliseconds === Infinity ? undefined : setTimeout(done, Math.min(milliseconds / api.speed, 2 ** 31 - 1));
      signal.addEventListener("abort", done);
    }),
});
