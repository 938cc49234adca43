// A value that is kept to be used again, such as a buffer.

/** Keeps one value for its next use. The reference is weak, so that the garbage collector can free the value. */
export class Idle<T extends object> {
  #held: WeakRef<T> | undefined;

  /** Keeps a value; drops the previous one. Does nothing in a runtime without weak references. */
  keep(value: T): void {
    if (typeof WeakRef === "function") this.#held = new WeakRef(value);
  }

  /** Removes and returns the value, if there is one and it has not been freed. */
  take(): T | undefined {
    const value = this.#held?.deref();
    this.#held = undefined;
    return value;
  }
}
