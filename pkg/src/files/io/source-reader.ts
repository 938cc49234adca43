// Reads the sources of an operation: reports the progress, lets other work of the thread run, and stops when the
// operation is canceled.
import type { FileOptions } from "../types.js";
import type { ChunkReader } from "./chunk-reader.js";

/** The interval of progress reports, in milliseconds. */
export const reportInterval = 100;

// The limits of an uninterrupted turn of work; the time is in milliseconds. The clock of Cloudflare Workers stands
// still while code runs, so bytes and chunks are limited, too.
const maxTurnTime = 40;
const maxTurnBytes = 16 << 20;
const maxTurnChunks = 4096;

/**
 * Lets other tasks of the thread run, such as timers, rendering and the click on a cancel button. `scheduler.yield`
 * would continue before all of them, and browsers delay nested timers by four milliseconds.
 */
function yieldToEventLoop(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  return new Promise((resolve) => {
    // In Next's edge runtime both are there, and throw.
    try {
      if (setImmediate) return void setImmediate(resolve);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    } catch {
      setTimeout(resolve, 0);
    }
  });
}

/** The lines that an operation has read, and the memory of its instance in bytes. */
export interface Measurement {
  readonly lines: number;
  readonly memory: number;
}

/** Reads the sources of one operation, one after the other. */
export class SourceReader {
  #bytes = 0;
  #reportedAt = performance.now();
  #turn = { start: performance.now(), bytes: 0, chunks: 0 };

  /**
   * @param measure called for each progress report
   * @param total the size of all sources in bytes; NaN if unknown
   * @throws the signal's reason if it is aborted
   */
  constructor(
    private readonly options: FileOptions | undefined,
    private readonly measure: () => Measurement,
    private readonly total = Number.NaN,
  ) {
    options?.signal?.throwIfAborted();
  }

  /** Opens and reads a source to its end, and closes it if `onChunk` throws or the operation is canceled. */
  async read(open: () => Promise<ChunkReader>, onChunk: (chunk: Uint8Array) => unknown): Promise<void> {
    const signal = this.options?.signal;
    signal?.throwIfAborted();
    const reader = await open();
    let cancel: ((reason: unknown) => void) | undefined;
    const onAbort = (): void => cancel?.(signal?.reason);
    signal?.addEventListener("abort", onAbort);
    try {
      // It can have been aborted while the source was opened.
      signal?.throwIfAborted();
      for (;;) {
        // A source may never respond, so a cancellation does not wait for it.
        const chunk = await new Promise<Uint8Array | undefined>((resolve, reject) => {
          cancel = reject;
          reader.next().then(resolve, reject);
        });
        signal?.throwIfAborted();
        if (chunk === undefined) return;
        const processing = onChunk(chunk);
        if (processing !== undefined) await processing;
        this.#bytes += chunk.length;
        await this.#pause(chunk.length);
      }
    } catch (error) {
      reader.close(error);
      throw error;
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  async #pause(bytes: number): Promise<void> {
    const now = performance.now();
    if (now - this.#reportedAt >= reportInterval) this.report(now);
    const turn = this.#turn;
    turn.bytes += bytes;
    if (now - turn.start < maxTurnTime && turn.bytes < maxTurnBytes && ++turn.chunks < maxTurnChunks) return;
    await yieldToEventLoop();
    this.options?.signal?.throwIfAborted();
    this.#turn = { start: performance.now(), bytes: 0, chunks: 0 };
  }

  /** Reports the progress. An error of the listener ends the operation. */
  report(now = performance.now()): void {
    this.#reportedAt = now;
    const total = this.total >= this.#bytes ? { total: this.total } : {};
    this.options?.onProgress?.({ bytes: this.#bytes, ...total, ...this.measure() });
  }
}
