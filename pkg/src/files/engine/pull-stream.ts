// Turns an operation that writes a file into a stream. The operation runs only as fast as the stream is read.
import type { FileOptions } from "../types.js";
import type { OperationAnswer, StreamedFile } from "./runner.js";

type Work = (
  options: FileOptions,
  write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
) => Promise<OperationAnswer>;

/** A stream that starts `work` on its first read. `write` waits until the stream is read again. */
export function pullStream(options: FileOptions | undefined, work: Work): StreamedFile {
  const signal = options?.signal;
  const canceled = new AbortController();
  let settle: { resolve: (answer: OperationAnswer) => void; reject: (error: unknown) => void };
  const answer = new Promise<OperationAnswer>((resolve, reject) => (settle = { resolve, reject }));
  // Readers of the stream get the error from it, so the answer's rejection need not be handled.
  answer.catch(() => undefined);
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let onPull: (() => void) | undefined;
  let started = false;

  const fail = (reason: unknown): void => {
    signal?.removeEventListener("abort", onAbort);
    canceled.abort(reason);
    settle.reject(reason);
    controller.error(reason);
    onPull?.();
  };
  const onAbort = (): void => fail(signal?.reason);

  const start = async (): Promise<void> => {
    try {
      const result = await work({ ...options, signal: canceled.signal }, async (bytes) => {
        // Created first, because `enqueue` can call `pull`.
        const pulled = new Promise<void>((resolve) => (onPull = resolve));
        canceled.signal.throwIfAborted();
        controller.enqueue(bytes);
        await pulled;
        canceled.signal.throwIfAborted();
      });
      signal?.removeEventListener("abort", onAbort);
      settle.resolve(result);
      controller.close();
    } catch (error) {
      fail(error);
    }
  };

  const stream = new ReadableStream<Uint8Array>(
    {
      start(own) {
        controller = own;
      },
      pull() {
        const resume = onPull;
        onPull = undefined;
        resume?.();
        if (!started) {
          started = true;
          void start();
        }
      },
      cancel: fail,
    },
    { highWaterMark: 0 },
  );
  if (signal?.aborted) onAbort();
  else signal?.addEventListener("abort", onAbort);
  return { stream, answer };
}
