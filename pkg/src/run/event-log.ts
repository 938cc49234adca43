// The events of a run, for a callback and for any number of loops. Each loop receives the events since it began.

interface Reader<T> {
  readonly queue: T[];
  wake: () => void;
}

/** Distributes events to a callback and to loops. */
export class EventLog<T> {
  readonly #readers = new Set<Reader<T>>();
  #ended = false;
  #error: { readonly value: unknown } | undefined;

  constructor(private readonly listener: ((event: T) => void) | undefined) {}

  /** Adds an event. */
  add(event: T): void {
    this.listener?.(event);
    for (const reader of this.#readers) {
      reader.queue.push(event);
      reader.wake();
    }
  }

  /** Ends all loops. */
  end(): void {
    this.#ended = true;
    for (const { wake } of this.#readers) wake();
  }

  /** Ends all loops with an error. */
  fail(value: unknown): void {
    this.#error = { value };
    this.end();
  }

  /** Reads the events from the first call of `next` on. An iterator that is never used receives none. */
  async *read(): AsyncGenerator<T, void, undefined> {
    const reader: Reader<T> = { queue: [], wake: () => undefined };
    this.#readers.add(reader);
    try {
      for (;;) {
        const added = new Promise<void>((resolve) => {
          reader.wake = resolve;
        });
        while (reader.queue.length > 0) yield reader.queue.shift()!;
        if (this.#error) throw this.#error.value;
        if (this.#ended) return;
        await added;
      }
    } finally {
      this.#readers.delete(reader);
    }
  }
}
