// Polls many batches: each when it is due, never twice at once, all within one budget, none after the end.
import type { Budget } from "./rate-limiter.js";
import { machineClock } from "./clock.js";
import { isHidden, onVisibility } from "./visibility.js";
import type { BatchUpdate, RetrieveOptions, WatchOptions, WatchTrouble } from "./types.js";
import type { Outcome, Watched } from "./watched-batch.js";

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
export async function* schedule<T>(
  watched: ReadonlyMap<string, Watched<T>>,
  plan: Plan<T>,
): AsyncGenerator<readonly [string, BatchUpdate<T>], void, undefined> {
  const { signal, visibility = true, webhook, clock = machineClock } = plan.options;
  signal?.throwIfAborted();
  const end = new AbortController();
  const settled: Settled<T>[] = [];
  let running = 0;
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

  const start = async (key: string, batch: Watched<T>) => {
    running += 1;
    const outcome = await batch.poll(() => plan.retrieve(key, { signal: end.signal }), clock.now);
    running -= 1;
    settled.push({ key, outcome });
    look();
  };

  try {
    for (;;) {
      signal?.throwIfAborted();
      // Made before looking at anything, so that news in between is not missed.
      wake = new AbortController();
      const answered = settled.shift();
      if (answered) {
        const { key, outcome } = answered;
        if ("failed" in outcome) throw outcome.failed;
        if ("trouble" in outcome) plan.trouble(key, outcome.trouble);
        if ("update" in outcome) yield [key, outcome.update] as const;
        continue;
      }
      const waiting = [...watched]
        .filter(([, { ended, busy }]) => !ended && !busy)
        .sort(([, a], [, b]) => a.due - b.due);
      if (waiting.length === 0 && running === 0) return;
      let next = Infinity;
      if (!(visibility && isHidden())) {
        for (const [key, batch] of waiting) {
          if (running >= plan.concurrency) break;
          const now = clock.now();
          next = batch.due > now ? batch.due : plan.budget?.take(now) === false ? now + plan.budget.wait(now) : next;
          if (next !== Infinity) break;
          void start(key, batch);
        }
      }
      await clock.sleep(next === Infinity ? Infinity : Math.max(0, (next - clock.now()) * 1000), wake.signal);
    }
  } finally {
    end.abort(signal?.reason);
    wake.abort();
    signal?.removeEventListener("abort", stop);
    signal?.removeEventListener("abort", look);
    unsee?.();
    unhook?.();
  }
}
