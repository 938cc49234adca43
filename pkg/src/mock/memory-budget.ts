// How many bytes of files are kept in memory: bounded, so that no client can use up the process.

/** Thrown when there is no room for more bytes. */
export class NoRoom extends Error {
  override readonly name = "NoRoom";
}

/** The room for files in memory. */
export class Memory {
  #used = 0;

  constructor(private readonly most: number) {}

  /** Takes room. Throws {@link NoRoom} when there is not enough. */
  take(bytes: number): void {
    if (this.#used + bytes > this.most)
      throw new NoRoom(`the files in memory would have more than ${this.most} bytes: delete some, or set maxBytes`);
    this.#used += bytes;
  }

  /** Counts what is there already, whether or not there is room for it. */
  add(bytes: number): void {
    this.#used += bytes;
  }

  /** Gives room back. */
  free(bytes: number): void {
    this.#used -= bytes;
  }
}
