// Operations in a worker of their own: begun with the operation and ended with it, so that calling one off frees
// everything at once.
import type { FileOptions } from "../files/io/progress.js";
import { flowing } from "../files/engine/pull-stream.js";
import type { Answered, Asked, Runner } from "../files/engine/operation-runner.js";
import { loadError } from "../runtime/load/load-error.js";
import { type Order, received, type Told } from "./messages.js";
import { nextFrom } from "./source-receiver.js";
import { send } from "./source-transfer.js";

// This very form is what browsers, Vite, webpack and others know.
const start = (): Worker =>
  new Worker(new URL("./files-worker.js", import.meta.url), { type: "module", name: "batchlight" });

// A function that gives a vector, the smallest module with SIMD there is.
const withSimd = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
];

let able: boolean | undefined;

/**
 * Whether workers can do the work: Node has none of this kind, and before Safari 16.4 the wasm-free twin is needed,
 * which they have not.
 */
export const canStart = (): boolean =>
  (able ??=
    typeof Worker !== "undefined" &&
    typeof MessageChannel !== "undefined" &&
    WebAssembly.validate(Uint8Array.from(withSimd)));

async function order(
  asked: Asked,
  options: FileOptions | undefined,
  output: MessagePort | undefined,
): Promise<Answered> {
  const signal = options?.signal;
  signal?.throwIfAborted();
  const ready: Awaited<ReturnType<typeof send>>[] = [];
  let worker: Worker | undefined;
  let callOff: (() => void) | undefined;
  try {
    for (const { source } of asked.sources) ready.push(await send(source));
    signal?.throwIfAborted();
    const message: Order = {
      ...asked,
      sources: asked.sources.map((given, at) => ({ ...given, source: ready[at]!.sent })),
      output,
      progress: options?.onProgress !== undefined,
    };
    const made = start();
    worker = made;
    const answered = await new Promise<Answered>((resolve, reject) => {
      callOff = () => reject(signal?.reason);
      signal?.addEventListener("abort", callOff);
      made.onmessage = ({ data }: MessageEvent<Told>) => {
        if ("answered" in data) resolve(data.answered);
        else if ("error" in data) reject(received(data.error));
        else
          try {
            options?.onProgress?.(data.progress);
          } catch (error) {
            reject(error);
          }
      };
      made.onerror = (event) => reject(notStarted(event.message));
      made.onmessageerror = () => reject(notStarted("a message could not be read"));
      made.postMessage(message, [...ready.flatMap(({ transfer }) => transfer), ...(output ? [output] : [])]);
    });
    return answered;
  } finally {
    if (callOff) signal?.removeEventListener("abort", callOff);
    worker?.terminate();
    for (const { close } of ready) close(signal?.reason);
  }
}

const notStarted = (why: string | undefined) =>
  loadError(
    "worker_failed",
    `the worker could not be started or has failed${why ? `: ${why}` : ""}; ` +
      "serve files-worker.js beside worker.js, allow workers of the page's own origin " +
      "(Content-Security-Policy worker-src 'self'), or import \"batchlight/files\", which needs none",
  );

/** Operations in workers. */
export const elsewhere: Runner = {
  run: (asked, options) => order(asked, options, undefined),
  flow(asked, options) {
    return flowing(options, async (own, write) => {
      const { port1, port2 } = new MessageChannel();
      const { check, ...given } = await asked(own);
      const answered = order(given, own, port2);
      // What ends the order early is seen in the race below; no piece comes any more then.
      answered.catch(() => undefined);
      try {
        for (;;) {
          const piece = await Promise.race([nextFrom(port1), answered.then(() => undefined)]);
          if (piece === undefined || piece.done) break;
          await write(piece.value);
        }
        const done = await answered;
        check?.(done);
        return done;
      } finally {
        port1.close();
      }
    });
  },
};
