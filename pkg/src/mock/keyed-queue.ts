// Work on the same thing goes one after the other, work on different things at once.

/** Queues by name. */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does some work when all earlier work of the same name has ended, however it has ended. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const current = (this.#last.get(key) ?? Promise.resolve()).then(work, work);
    this.#last.set(key, current);
    const cleanUp = () => void (this.#last.get(key) === current && this.#last.delete(key));
    current.then(cleanUp, cleanUp);
    return current;
  }
}
