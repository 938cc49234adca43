// What every operation has in common: it reads its sources piece by piece, can be called off, and tells how far it is.
import { open } from "./chunk-reader.js";

/** How far an operation is. */
export interface FileProgress {
  /** How many bytes have been read, of all sources together. */
  readonly bytes: number;
  /** How many there are, where every source tells its size. */
  readonly total?: number | undefined;
  /** How many lines have ended. */
  readonly lines: number;
  /**
   * How many bytes of memory the module holds for this operation. It never gives any back, so this is the most it has
   * needed.
   */
  readonly memory: number;
}

/** What every operation on files takes. */
export interface FileOptions {
  /** Calls the operation off: it lets go of its sources and is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Is told how far the operation is: ten times a second at most, and once at the end. */
  readonly onProgress?: ((progress: FileProgress) => void) | undefined;
}

// How long the thread is kept at most, and how often somebody is told. In Cloudflare Workers the clock stands still
// while code runs: there, so many bytes or pieces are a turn too.
const turn = 40;
const turnBytes = 16 << 20;
const turnPieces = 4096;
const tellEvery = 100;

/**
 * Lets other work of the thread run: timers, painting, the click that calls the operation off. Not by
 * `scheduler.yield`, which goes on before any of these, nor by a timer where there is something else: browsers make it
 * wait four milliseconds.
 */
function breathe(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (go: () => void) => unknown };
  return new Promise((resolve) => {
    if (setImmediate) setImmediate(resolve);
    else if (typeof MessageChannel === "undefined") setTimeout(resolve, 0);
    else {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    }
  });
}

/** One operation's reading of its sources. */
export class Job {
  #bytes = 0;
  #total: number | undefined = 0;
  #told = performance.now();
  #breathed = performance.now();
  #since = { bytes: 0, pieces: 0 };

  /** @param measure tells lines and memory when somebody asks how far the operation is */
  constructor(
    private readonly options: FileOptions | undefined,
    private readonly measure: () => { readonly lines: number; readonly memory: number },
  ) {
    options?.signal?.throwIfAborted();
  }

  /** Gives every piece of a source to `each`, and lets go of the source whatever happens. */
  async read(source: unknown, each: (piece: Uint8Array) => unknown): Promise<void> {
    const signal = this.options?.signal;
    signal?.throwIfAborted();
    const pieces = await open(source);
    this.#total = this.#total === undefined || pieces.total === undefined ? undefined : this.#total + pieces.total;
    let callOff: ((reason: unknown) => void) | undefined;
    const abort = (): void => callOff?.(signal?.reason);
    signal?.addEventListener("abort", abort);
    try {
      for (;;) {
        // A source may never answer: being called off does not wait for it.
        const piece = await new Promise<Uint8Array | undefined>((resolve, reject) => {
          callOff = reject;
          pieces.next().then(resolve, reject);
        });
        signal?.throwIfAborted();
        if (piece === undefined) return;
        const waiting = each(piece);
        if (waiting !== undefined) await waiting;
        this.#bytes += piece.length;
        await this.#pause(piece.length);
      }
    } catch (error) {
      pieces.close(error);
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  async #pause(bytes: number): Promise<void> {
    const now = performance.now();
    if (now - this.#told >= tellEvery) this.tell(now);
    const since = this.#since;
    since.bytes += bytes;
    if (now - this.#breathed < turn && since.bytes < turnBytes && ++since.pieces < turnPieces) return;
    await breathe();
    this.#since = { bytes: 0, pieces: 0 };
    this.options?.signal?.throwIfAborted();
    this.#breathed = performance.now();
  }

  /** Tells how far the operation is; what the listener throws ends it. */
  tell(now = performance.now()): void {
    this.#told = now;
    const total = this.#total !== undefined && this.#total >= this.#bytes ? { total: this.#total } : {};
    this.options?.onProgress?.({ bytes: this.#bytes, ...total, ...this.measure() });
  }
}
