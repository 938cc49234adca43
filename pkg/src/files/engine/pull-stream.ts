// A file that is made while another is read: the work goes on as fast as somebody reads.
import type { FileOptions } from "../io/progress.js";
import type { Answered, Flowing } from "./operation-runner.js";

type Work = (options: FileOptions, write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>) => Promise<Answered>;

/** A stream that work begins to fill when it is first read, and that makes the work wait while nobody reads. */
export function flowing(options: FileOptions | undefined, work: Work): Flowing {
  const signal = options?.signal;
  const gone = new AbortController();
  let finish: { resolve: (answered: Answered) => void; reject: (error: unknown) => void };
  const answered = new Promise<Answered>((resolve, reject) => (finish = { resolve, reject }));
  // Who reads the stream learns of a failure by it and need not look here too.
  answered.catch(() => undefined);
  let control: ReadableStreamDefaultController<Uint8Array>;
  let wake: (() => void) | undefined;
  let begun = false;

  const fail = (reason: unknown): void => {
    signal?.removeEventListener("abort", follow);
    gone.abort(reason);
    finish.reject(reason);
    control.error(reason);
    wake?.();
  };
  const follow = (): void => fail(signal?.reason);

  const begin = async (): Promise<void> => {
    try {
      const done = await work({ ...options, signal: gone.signal }, async (bytes) => {
        // Before, because the next pull may come while the bytes are put in.
        const pulled = new Promise<void>((resolve) => (wake = resolve));
        gone.signal.throwIfAborted();
        control.enqueue(bytes);
        await pulled;
        gone.signal.throwIfAborted();
      });
      signal?.removeEventListener("abort", follow);
      finish.resolve(done);
      control.close();
    } catch (error) {
      fail(error);
    }
  };

  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        control = controller;
      },
      pull() {
        const go = wake;
        wake = undefined;
        go?.();
        if (!begun) {
          begun = true;
          void begin();
        }
      },
      cancel: fail,
    },
    { highWaterMark: 0 },
  );
  if (signal?.aborted) follow();
  else signal?.addEventListener("abort", follow);
  return { stream, answered };
}
