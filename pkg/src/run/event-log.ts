// The events of a run, for a callback and for any number of loops. Each loop receives the events since it began.
//
// The events are a linked list, of which the log has only the end and each loop its own position. So an event is kept
// only as long as a loop that can still go on has not reached it.

/** An event, and the promise of the next one; that of undefined after the last event. */
interface Link<T> {
  readonly event: T;
  readonly next: Promise<Link<T> | undefined>;
}

/** Distributes events to a callback and to loops. */
export class EventLog<T> {
  /** Settles `#next`. */
  #resolve!: (link: Link<T> | PromiseLike<never> | undefined) => void;
  /** The promise of the next event. */
  #next = this.#await();

  constructor(private readonly listener: ((event: T) => void) | undefined) {}

  #await(): Promise<Link<T> | undefined> {
    const next = new Promise<Link<T> | undefined>((resolve) => {
      this.#resolve = resolve;
    });
    // Without a loop, nobody handles the error: the result of the run has it, too.
    next.catch(() => undefined);
    return next;
  }

  /** Adds an event. */
  add(event: T): void {
    this.listener?.(event);
    const resolve = this.#resolve;
    this.#next = this.#await();
    resolve({ event, next: this.#next });
  }

  /** Ends all loops. */
  end(): void {
    this.#resolve(undefined);
  }

  /** Ends all loops with an error. */
  fail(error: unknown): void {
    this.#resolve(Promise.reject(error));
  }

  /** Reads the events from the first call of `next` on. An iterator that is never used receives none. */
  async *read(): AsyncGenerator<T, void, undefined> {
    for (let link = await this.#next; link; link = await link.next) yield link.event;
  }
}
