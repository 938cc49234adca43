// How many bytes of files are kept in memory: bounded, so that no client can use up the process.

/** Thrown when there is no room for more bytes. */
export class MemoryBudgetExceeded extends Error {
  override readonly name = "NoRoom";
}

/** The room for files in memory. */
export class MemoryBudget {
  #usedBytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** Takes room. Throws {@link NoRoom} when there is not enough. */
  reserve(bytes: number): void {
    if (this.#usedBytes + bytes > this.maxBytes)
      throw new MemoryBudgetExceeded(
        `the files in memory would have more than ${this.maxBytes} bytes: delete some, or set maxBytes`,
      );
    this.#usedBytes += bytes;
  }

  /** Counts what is there already, whether or not there is room for it. */
  addExisting(bytes: number): void {
    this.#usedBytes += bytes;
  }

  /** Gives room back. */
  release(bytes: number): void {
    this.#usedBytes -= bytes;
  }
}
