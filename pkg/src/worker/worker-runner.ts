// Runs each operation in a worker of its own. Terminating the worker cancels the operation and frees its memory.
import { pullStream } from "../files/engine/pull-stream.js";
import type { OperationAnswer, OperationRequest, Runner } from "../files/engine/runner.js";
import type { FileOptions } from "../files/types.js";
import { loadError } from "../runtime/load/load-error.js";
import { toError, type WorkerMessage, type WorkerRequest } from "./messages.js";
import { type OutgoingSource, requestChunk, sendSource } from "./source-transfer.js";

// Browsers and bundlers such as Vite and webpack recognize exactly this expression.
const newWorker = (): Worker =>
  new Worker(new URL("./files-worker.js", import.meta.url), { type: "module", name: "batchlight" });

// The smallest module with SIMD: a function that returns a vector.
const simdModule = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
];

/**
 * Whether workers can do the work. Node has no such workers. Safari before 16.4 has no SIMD, and its Lockdown Mode no
 * WebAssembly: both need the wasm-free build, which the worker does not contain.
 */
const isSupported = (): boolean =>
  typeof Worker !== "undefined" &&
  typeof MessageChannel !== "undefined" &&
  typeof WebAssembly !== "undefined" &&
  WebAssembly.validate(Uint8Array.from(simdModule));

/**
 * Starts a worker. Resolves when its script runs; with `undefined` if it does not, because a bundler left the script
 * out or a policy forbids workers.
 */
const startWorker = (): Promise<Worker | undefined> =>
  new Promise((resolve) => {
    try {
      const worker = newWorker();
      worker.onmessage = () => resolve(worker);
      worker.onerror = (event) => {
        // Deno ends the process otherwise.
        event.preventDefault();
        worker.terminate();
        resolve(undefined);
      };
    } catch {
      resolve(undefined);
    }
  });

/** Resolves with whether the first worker started. */
let canStart: Promise<boolean> | undefined;
/** The first worker, until an operation takes it. */
let firstWorker: Worker | undefined;

/** Whether operations can run in workers. */
export const canStartWorkers = (): Promise<boolean> => (canStart ??= tryWorkers());

async function tryWorkers(): Promise<boolean> {
  firstWorker = isSupported() ? await startWorker() : undefined;
  return firstWorker !== undefined;
}

async function takeWorker(): Promise<Worker> {
  const worker = firstWorker ?? startWorker();
  firstWorker = undefined;
  const started = await worker;
  if (!started) throw workerFailed("its script did not run");
  return started;
}

async function run(
  request: OperationRequest,
  options: FileOptions | undefined,
  output: MessagePort | undefined,
): Promise<OperationAnswer> {
  const signal = options?.signal;
  signal?.throwIfAborted();
  const sources: OutgoingSource[] = [];
  let worker: Worker | undefined;
  let onAbort: (() => void) | undefined;
  try {
    for (const { source } of request.sources) sources.push(await sendSource(source));
    signal?.throwIfAborted();
    const message: WorkerRequest = {
      ...request,
      sources: request.sources.map((file, index) => ({ ...file, source: sources[index]!.sent })),
      output,
      progress: options?.onProgress !== undefined,
    };
    const started = await takeWorker();
    worker = started;
    signal?.throwIfAborted();
    return await new Promise<OperationAnswer>((resolve, reject) => {
      onAbort = () => reject(signal?.reason);
      signal?.addEventListener("abort", onAbort);
      started.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
        if ("answer" in data) resolve(data.answer);
        else if ("error" in data) reject(toError(data.error));
        else if ("progress" in data)
          try {
            options?.onProgress?.(data.progress);
          } catch (error) {
            reject(error);
          }
      };
      started.onerror = (event) => {
        event.preventDefault();
        reject(workerFailed(event.message));
      };
      started.onmessageerror = () => reject(workerFailed("a message could not be read"));
      started.postMessage(message, [...sources.flatMap(({ transfer }) => transfer), ...(output ? [output] : [])]);
    });
  } finally {
    if (onAbort) signal?.removeEventListener("abort", onAbort);
    worker?.terminate();
    for (const { close } of sources) close(signal?.reason);
  }
}

const workerFailed = (reason: string | undefined) =>
  loadError(
    "worker_failed",
    `the worker did not start or has failed${reason ? `: ${reason}` : ""}; ` +
      "serve files-worker.js next to worker.js, allow workers of the page's own origin " +
      "(Content-Security-Policy worker-src 'self'), or import \"batchlight/files\", which needs no worker",
  );

/** Runs operations in workers. */
export const workerRunner: Runner = {
  run: (request, options) => run(request, options, undefined),
  stream(makeRequest, options) {
    return pullStream(options, async (own, write) => {
      const { port1, port2 } = new MessageChannel();
      const { assertValid, ...request } = await makeRequest(own);
      const pending = run(request, own, port2);
      // A failure is handled by the race below, because no chunk follows it.
      pending.catch(() => undefined);
      try {
        for (;;) {
          const chunk = await Promise.race([requestChunk(port1), pending.then(() => undefined)]);
          if (chunk === undefined || chunk.done) break;
          await write(chunk.value);
        }
        const answer = await pending;
        assertValid?.(answer);
        return answer;
      } finally {
        port1.close();
      }
    });
  },
};
