// Finishes batches at their time while the clock of the mock runs by itself.
import type { MockClock } from "./settings/clock.js";
import type { MockState } from "./state/store.js";

/** The longest time that `setTimeout` can wait, in milliseconds. */
const maxWait = 2 ** 31 - 1;

/** Waits for the end of the batch that ends next. */
export interface DueTimer {
  /** Waits anew, because batches have changed. */
  readonly schedule: () => void;
  /** Stops the timer. Later calls of `schedule` have no effect. */
  readonly close: () => void;
}

/** Creates a timer for a clock that moves by `speed` seconds a second. */
export function createDueTimer(
  state: MockState,
  clock: MockClock,
  speed: number,
  runDue: () => Promise<unknown>,
): DueTimer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  return {
    schedule() {
      if (closed) return;
      clearTimeout(timer);
      const open = [...state.open].map((id) => state.batches.get(id)!);
      const timed = open.filter(({ shownAt, hold }) => !shownAt && !hold);
      const next = timed.reduce((earliest, { endsAt }) => Math.min(earliest, endsAt), Infinity);
      if (next === Infinity) return;
      // Waits at least a second, so that a webhook that rejects events is not called continuously.
      const wait = Math.max(1000, ((next - clock.now()) / speed) * 1000);
      timer = setTimeout(() => void runDue().catch(() => undefined), Math.min(wait, maxWait));
      // Lets the process exit.
      (timer as { unref?: () => void }).unref?.();
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
