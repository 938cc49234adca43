// Polls many batches: each when it is due, never twice at once, all within one budget, none after the end.
import { Budget } from "./budget.js";
import { machineClock } from "./clock.js";
import { isHidden, onVisibility } from "./page.js";
import type { BatchUpdate, RetrieveOptions, WatchOptions, WatchTrouble } from "./types.js";
import type { Outcome, Watched } from "./watched.js";

interface Settled<T> {
  readonly key: string;
  readonly outcome: Outcome<T>;
}

/** What the scheduler needs besides the batches. */
export interface Plan<T> {
  readonly retrieve: (key: string, options: RetrieveOptions) => T | PromiseLike<T>;
  readonly options: Pick<WatchOptions<T>, "signal" | "visibility" | "webhook" | "clock">;
  readonly trouble: (key: string, trouble: WatchTrouble) => void;
  readonly budget?: Budget;
  readonly concurrency: number;
  /** Which batches an event is about. */
  readonly about: (event: unknown) => Iterable<string>;
}

/** Every update, as it comes; ends when all batches have ended. */
export async function* schedule<T>(watched: ReadonlyMap<string, Watched<T>>, plan: Plan<T>): AsyncGenerator<readonly [string, BatchUpdate<T>], void, undefined> {
  const { signal, visibility = true, webhook, clock = machineClock } = plan.options;
  signal?.throwIfAborted();
  const end = new AbortController();
  const running = new Map<string, Promise<Settled<T>>>();
  let wake = new AbortController();
  const look = () => wake.abort();
  const stop = () => end.abort(signal?.reason);
  signal?.addEventListener("abort", stop);
  signal?.addEventListener("abort", look);
  const unsee = visibility ? onVisibility(look) : undefined;
  const unhook = webhook?.((event) => {
    for (const key of plan.about(event)) watched.get(key)?.nudge(clock.now());
    look();
  });

  const start = (key: string, batch: Watched<T>) => {
    const poll = batch.poll(() => plan.retrieve(key, { signal: end.signal }), clock.now);
    running.set(
      key,
      poll.then((outcome) => ({ key, outcome })),
    );
  };

  try {
    for (;;) {
      signal?.throwIfAborted();
      const waiting = [...watched].filter(([, { ended, busy }]) => !ended && !busy).sort(([, a], [, b]) => a.due - b.due);
      if (waiting.length === 0 && running.size === 0) return;
      // Made before looking at the clock, so that news in between is not missed.
      wake = new AbortController();
      let next = Infinity;
      if (!(visibility && isHidden())) {
        for (const [key, batch] of waiting) {
          if (running.size >= plan.concurrency) break;
          const now = clock.now();
          next = batch.due > now ? batch.due : plan.budget?.take(now) === false ? now + plan.budget.wait(now) : next;
          if (next !== Infinity) break;
          start(key, batch);
        }
      }
      const settled = await Promise.race([...running.values(), sleepUntil(next)]);
      wake.abort();
      if (!settled) continue;
      running.delete(settled.key);
      signal?.throwIfAborted();
      const { outcome } = settled;
      if ("failed" in outcome) throw outcome.failed;
      if ("trouble" in outcome) plan.trouble(settled.key, outcome.trouble);
      if ("update" in outcome) yield [settled.key, outcome.update] as const;
    }
  } finally {
    end.abort(signal?.reason);
    wake.abort();
    signal?.removeEventListener("abort", stop);
    signal?.removeEventListener("abort", look);
    unsee?.();
    unhook?.();
  }

  function sleepUntil(moment: number): Promise<undefined> {
    const milliseconds = moment === Infinity ? Infinity : Math.max(0, (moment - clock.now()) * 1000);
    return clock.sleep(milliseconds, wake.signal).then(() => undefined);
  }
}
