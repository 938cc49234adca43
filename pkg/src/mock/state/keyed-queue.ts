// Runs tasks with the same key one after the other, and tasks with different keys in parallel.

/** A queue of tasks for each key. */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs a task after all earlier tasks with the same key, whether they succeeded or failed. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const current = (this.#last.get(key) ?? Promise.resolve()).then(work, work);
    this.#last.set(key, current);
    const cleanUp = () => void (this.#last.get(key) === current && this.#last.delete(key));
    current.then(cleanUp, cleanUp);
    return current;
  }
}
