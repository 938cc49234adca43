// What has been used and can be used again, such as a buffer.

/** A value between two uses. It is held weakly: its memory is freed as if it were not kept. */
export class Idle<T extends object> {
  #held: WeakRef<T> | undefined;

  /** Keeps a value instead of the one before. Does nothing where a runtime has no weak references. */
  keep(value: T): void {
    if (typeof WeakRef === "function") this.#held = new WeakRef(value);
  }

  /** Takes the value for a use, if there is one and it has not been freed. */
  take(): T | undefined {
    const value = this.#held?.deref();
    this.#held = undefined;
    return value;
  }
}
