// Limits the memory for files, so that clients cannot exhaust the process.

/** Thrown if the limit would be exceeded. */
export class MemoryBudgetExceeded extends Error {
  override readonly name = "MemoryBudgetExceeded";
}

/** Counts the bytes of all files in memory. */
export class MemoryBudget {
  #usedBytes = 0;

  constructor(private readonly maxBytes: number) {}

  /**
   * Reserves bytes.
   *
   * @throws {MemoryBudgetExceeded} if the limit would be exceeded
   */
  reserve(bytes: number): void {
    if (this.#usedBytes + bytes > this.maxBytes)
      throw new MemoryBudgetExceeded(
        `files in memory would exceed ${this.maxBytes} bytes; delete files or raise maxBytes`,
      );
    this.#usedBytes += bytes;
  }

  /** Counts bytes that are already in memory, without checking the limit. */
  addExisting(bytes: number): void {
    this.#usedBytes += bytes;
  }

  /** Releases bytes. */
  release(bytes: number): void {
    this.#usedBytes -= bytes;
  }
}
