// What happens to batches while time passes: those that are due are finished, and webhooks are called. Each request
// does so, a timer if the clock runs by itself, and `runDue` of the mock.
import { createDueTimer } from "./due-timer.js";
import { Finisher } from "./finisher.js";
import type { MockClock } from "./settings/clock.js";
import { hasEnded } from "./state/batch-time.js";
import { KeyedQueue } from "./state/keyed-queue.js";
import type { MockState } from "./state/store.js";
import type { WebhookNotifier } from "./webhooks/webhook-notifier.js";

/** Finishes batches and calls webhooks. */
export interface DueBatches {
  /** Brings the state up to date before a request. Waits for short result files, and not for webhooks. */
  readonly catchUp: () => Promise<void>;
  /** Finishes all batches that are due. Resolves with the number of events that webhooks accepted. */
  readonly runDue: () => Promise<number>;
  /** Changes a batch, and finishes it at once if that ended it. */
  readonly change: (id: string, work: (now: number) => Promise<void>) => Promise<void>;
  /** Sets the timer for the batch that ends next. */
  readonly schedule: () => void;
  /** Aborts the writing of result files and waits until it has stopped. */
  readonly abort: () => Promise<void>;
  /** Stops the timer and aborts the writing of result files. */
  readonly close: () => void;
}

/** What {@link createDueBatches} needs from the mock. */
interface DueBatchesOptions {
  readonly state: MockState;
  readonly notifier: WebhookNotifier;
  readonly clock: MockClock;
  /** How fast the clock runs; undefined if the caller moves it. */
  readonly speed: number | undefined;
  readonly currentSecond: () => number;
  readonly maxBytes: number;
  readonly log: (line: string) => void;
}

/** Creates what finishes the batches of a mock. */
export function createDueBatches(options: DueBatchesOptions): DueBatches {
  const { state, notifier, clock, speed, currentSecond } = options;
  const queue = new KeyedQueue();
  const hasNoWebhookFor = (status?: string) => notifier.hasNoWebhookFor(status);
  const finisher = new Finisher({ ...options, queue, hasNoWebhookFor });
  const timer = speed === undefined ? undefined : createDueTimer(state, clock, speed, runDue);

  function schedule(): void {
    if (!hasNoWebhookFor()) timer?.schedule();
  }

  /** Calls webhooks. Runs outside the queue, because a webhook may send requests before it responds. */
  async function notify(retryRejected: boolean): Promise<number> {
    const ended = [...state.open].filter((id) => hasEnded(state.batches.get(id)!, currentSecond()));
    const accepted = await notifier.notify(ended, retryRejected);
    schedule();
    return accepted;
  }

  /** Calls webhooks without waiting for them. Rejected events are sent again by the timer, not by every request. */
  const notifyLater = () => void notify(false).catch(() => undefined);

  async function runDue(): Promise<number> {
    await state.ready();
    await finisher.finishAll();
    await state.expire();
    return notify(true);
  }

  return {
    runDue,
    schedule,
    async catchUp() {
      await state.ready();
      await finisher.catchUp();
      await state.expire();
      notifyLater();
    },
    async change(id, work) {
      const now = currentSecond();
      await queue.run(id, async () => {
        await work(now);
        await finisher.finish(id);
      });
      notifyLater();
    },
    abort: () => finisher.abortAndWait(),
    close() {
      timer?.close();
      finisher.abort();
    },
  };
}
