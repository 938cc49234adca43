// Finishes batches at their time while the clock of the mock runs by itself.
import type { MockClock } from "./settings/clock.js";
import type { MockState } from "./state/store.js";

/** The longest time that `setTimeout` can wait, in milliseconds. */
const maxWait = 2 ** 31 - 1;

/** Waits for the end of the batch that ends next. */
export class DueTimer {
  readonly #state: MockState;
  readonly #clock: MockClock;
  readonly #speed: number;
  readonly #runDue: () => Promise<unknown>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** Creates a timer for a clock that moves by `speed` seconds a second. */
  constructor(state: MockState, clock: MockClock, speed: number, runDue: () => Promise<unknown>) {
    this.#state = state;
    this.#clock = clock;
    this.#speed = speed;
    this.#runDue = runDue;
  }

  /** Waits anew, because batches have changed. */
  schedule(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    const open = [...this.#state.open].map((id) => this.#state.batches.get(id)!);
    const timed = open.filter(({ shownAt, hold }) => !shownAt && !hold);
    const next = timed.reduce((earliest, { endsAt }) => Math.min(earliest, endsAt), Infinity);
    if (next === Infinity) return;
    // Waits at least a second, so that a webhook that rejects events is not called continuously.
    const wait = Math.max(1000, ((next - this.#clock.now()) / this.#speed) * 1000);
    this.#timer = setTimeout(() => void this.#runDue().catch(() => undefined), Math.min(wait, maxWait));
    // Lets the process exit.
    (this.#timer as { unref?: () => void }).unref?.();
  }

  /** Stops the timer. Later calls of {@link schedule} have no effect. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
