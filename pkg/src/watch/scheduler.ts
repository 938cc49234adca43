// Polls batches when they are due: never the same batch twice at once, within the rate limit, and never after the end.
import { systemClock, yieldToEventLoop } from "./clock.js";
import type { RateLimiter } from "./rate-limiter.js";
import type { BatchUpdate, PollError, RetrieveOptions, WatchOptions } from "./types.js";
import { isPageHidden, onVisibilityChange } from "./visibility.js";
import type { PollResult, WatchedBatch } from "./watched-batch.js";

interface FinishedPoll<T> {
  readonly key: string;
  readonly result: PollResult<T>;
}

/** What the scheduler needs besides the batches. */
export interface PollPlan<T> {
  readonly retrieve: (key: string, options: RetrieveOptions) => T | PromiseLike<T>;
  readonly options: Pick<WatchOptions<T>, "signal" | "visibility" | "webhook" | "clock">;
  readonly onError: (key: string, error: PollError) => void;
  readonly rateLimiter?: RateLimiter;
  /** The maximum number of polls that run at the same time. */
  readonly concurrency: number;
  /** Returns the keys of the batches that an event may be about. */
  readonly keysOfEvent: (event: unknown) => Iterable<string>;
}

/** Yields every update with the key of its batch; returns when all batches have ended. */
export async function* pollAll<T>(
  batches: ReadonlyMap<string, WatchedBatch<T>>,
  plan: PollPlan<T>,
): AsyncGenerator<readonly [string, BatchUpdate<T>], void, undefined> {
  const { signal, visibility = true, webhook, clock = systemClock } = plan.options;
  signal?.throwIfAborted();
  const end = new AbortController();
  const finished: FinishedPoll<T>[] = [];
  let running = 0;
  let sleep = new AbortController();
  const wakeUp = () => sleep.abort();
  const stop = () => end.abort(signal?.reason);
  signal?.addEventListener("abort", stop);
  signal?.addEventListener("abort", wakeUp);
  const stopObserving = visibility ? onVisibilityChange(wakeUp) : undefined;
  const disconnect = webhook?.((event) => {
    for (const key of plan.keysOfEvent(event)) batches.get(key)?.pollNow(clock.now());
    wakeUp();
  });

  const start = async (key: string, batch: WatchedBatch<T>) => {
    running += 1;
    const result = await batch.poll(
      () => plan.retrieve(key, { signal: end.signal }),
      () => clock.now(),
    );
    running -= 1;
    finished.push({ key, result });
    wakeUp();
  };

  try {
    for (;;) {
      signal?.throwIfAborted();
      // Created before the state is read, so that a change in between still ends the sleep below.
      sleep = new AbortController();
      const poll = finished.shift();
      if (poll) {
        const { key, result } = poll;
        if ("fatal" in result) throw result.fatal;
        if ("retry" in result) plan.onError(key, result.retry);
        if ("update" in result) yield [key, result.update] as const;
        continue;
      }
      const waiting = [...batches]
        .filter(([, { ended, polling }]) => !ended && !polling)
        .sort(([, a], [, b]) => a.dueAt - b.dueAt);
      if (waiting.length === 0 && running === 0) return;
      let wakeAt = Infinity;
      if (!(visibility && isPageHidden())) {
        for (const [key, batch] of waiting) {
          if (running >= plan.concurrency) break;
          const now = clock.now();
          if (batch.dueAt > now) wakeAt = batch.dueAt;
          else if (plan.rateLimiter?.tryAcquire(now) === false) wakeAt = now + plan.rateLimiter.secondsUntilFree(now);
          if (wakeAt !== Infinity) break;
          void start(key, batch);
        }
      }
      const milliseconds = wakeAt === Infinity ? Infinity : Math.max(0, (wakeAt - clock.now()) * 1000);
      await clock.sleep(milliseconds, sleep.signal);
      // A test's clock may return at once: without this, timers and network events would never run.
      await yieldToEventLoop();
    }
  } finally {
    end.abort(signal?.reason);
    wakeUp();
    signal?.removeEventListener("abort", stop);
    signal?.removeEventListener("abort", wakeUp);
    stopObserving?.();
    disconnect?.();
  }
}
