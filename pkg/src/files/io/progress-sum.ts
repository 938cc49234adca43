// Adds up the progress of operations that are parts of one.
import type { FileOptions, FileProgress } from "../types.js";
import { reportInterval } from "./source-reader.js";

const nothing: FileProgress = { bytes: 0, lines: 0, memory: 0 };

/** The progress of several operations as the progress of one. */
export class ProgressSum {
  readonly #parts: FileProgress[];
  readonly #total: number;
  #memory = 0;
  #reportedAt = performance.now();
  #failure: { readonly error: unknown } | undefined;

  /** Takes the sizes of the files of each operation. */
  constructor(
    private readonly onProgress: FileOptions["onProgress"],
    sizes: readonly number[],
  ) {
    this.#parts = sizes.map(() => nothing);
    this.#total = sizes.reduce((sum, size) => sum + size, 0);
  }

  /** The listener of an operation. */
  listenerOf(at: number): FileOptions["onProgress"] {
    if (!this.onProgress) return undefined;
    return (progress) => {
      this.#parts[at] = progress;
      this.#memory = Math.max(this.#memory, this.#sumOf("memory"));
      if (performance.now() - this.#reportedAt < reportInterval) return;
      this.report();
      this.throwIfFailed();
    };
  }

  /** Ends an operation, whose memory no longer counts. */
  end(at: number): void {
    this.#parts[at] = { ...this.#parts[at]!, memory: 0 };
  }

  /** Reports the sum. */
  report(): void {
    this.#reportedAt = performance.now();
    const bytes = this.#sumOf("bytes");
    const total = this.#total >= bytes ? { total: this.#total } : {};
    try {
      this.onProgress?.({ bytes, ...total, lines: this.#sumOf("lines"), memory: this.#memory });
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  /** Throws the first error of the listener, which ends the operation. */
  throwIfFailed(): void {
    if (this.#failure) throw this.#failure.error;
  }

  #sumOf(name: "bytes" | "lines" | "memory"): number {
    return this.#parts.reduce((sum, part) => sum + part[name], 0);
  }
}
