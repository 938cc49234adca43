// Work on the same thing goes one after the other, work on different things at once.

/** Queues by name. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does some work when all earlier work of the same name has ended, however it has ended. */
  take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#last.get(name) ?? Promise.resolve()).then(work, work);
    this.#last.set(name, mine);
    const done = () => void (this.#last.get(name) === mine && this.#last.delete(name));
    mine.then(done, done);
    return mine;
  }
}
