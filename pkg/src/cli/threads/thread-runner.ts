// Runs operations on this thread and in worker threads, as many at once as there are jobs. The workers end with the
// command.
import { Worker } from "node:worker_threads";
import type { OperationAnswer, OperationRequest, Runner } from "../../files/engine/runner.js";
import type { FileOptions } from "../../files/types.js";
import { toError } from "../../worker/messages.js";
import { loadRunner } from "./local-runner.js";
import type { ThreadMessage, ThreadRequest, ThreadSource } from "./messages.js";

/** A runner that ends its threads when it is closed, and the operations that they run. */
export interface ThreadRunner extends Runner {
  close(): Promise<void>;
}

/** The thread of an operation: this one, or a worker. */
type Place = "here" | Worker;

/** Creates a runner. One job runs on the current thread, which takes no time to start. */
export async function createRunner(jobs: number): Promise<ThreadRunner> {
  const local = await loadRunner();
  const threads = new Set<Worker>();
  const idle = new Set<Place>(["here"]);
  const waiting: (() => void)[] = [];

  const take = async (): Promise<Place> => {
    while (idle.size === 0 && threads.size >= jobs - 1) await new Promise<void>((resolve) => waiting.push(resolve));
    for (const free of idle) {
      idle.delete(free);
      return free;
    }
    const started = new Worker(new URL("./cli-thread.js", import.meta.url));
    threads.add(started);
    // A thread that has failed runs no other operation.
    const remove = (): void => void (threads.delete(started) && idle.delete(started));
    started.once("error", remove).once("exit", remove);
    return started;
  };
  const release = (place: Place): void => {
    if (place === "here" || threads.has(place)) idle.add(place);
    waiting.shift()?.();
  };

  return {
    async run(request, options) {
      const sources = descriptorsOf(request);
      // Other sources, such as standard input, are read where they were opened.
      if (sources === undefined) return local.run(request, options);
      const place = await take();
      try {
        options?.signal?.throwIfAborted();
        return await (place === "here" ? local.run(request, options) : runIn(place, { ...request, sources }, options));
      } finally {
        release(place);
      }
    },
    stream: local.stream,
    close: async () => void (await Promise.all([...threads].map((thread) => thread.terminate()))),
  };
}

/** The descriptors of the sources, if all are files that the command has opened. */
function descriptorsOf({ sources }: OperationRequest): readonly ThreadSource[] | undefined {
  const files = sources.flatMap(({ source, role, index }) =>
    typeof source === "object" && source !== null && "fd" in source && typeof source.fd === "number"
      ? [{ descriptor: source.fd, role, index }]
      : [],
  );
  return files.length === sources.length ? files : undefined;
}

type ThreadOperation = Extract<ThreadRequest, { request: object }>["request"];

/** Runs an operation in a thread. After a failure, the thread can have one more read of a file under way. */
function runIn(thread: Worker, request: ThreadOperation, options: FileOptions | undefined): Promise<OperationAnswer> {
  const signal = options?.signal;
  const post = (message: ThreadRequest): void => thread.postMessage(message);
  return new Promise<OperationAnswer>((resolve, reject) => {
    let failure: { readonly error: unknown } | undefined;
    const onAbort = (): void => post({ cancel: true });
    const end = (settle: () => void): void => {
      thread.off("message", onMessage).off("error", onError).off("exit", onExit);
      signal?.removeEventListener("abort", onAbort);
      if (signal?.aborted) reject(signal.reason);
      else if (failure) reject(failure.error);
      else settle();
    };
    const onError = (error: Error): void => end(() => reject(error));
    const onExit = (): void => end(() => reject(new Error("the thread ended before its operation")));
    const onMessage = (message: ThreadMessage): void => {
      if ("answer" in message) return end(() => resolve(message.answer));
      if ("error" in message) return end(() => reject(toError(message.error)));
      try {
        options?.onProgress?.(message.progress);
      } catch (error) {
        failure ??= { error };
        post({ cancel: true });
      }
    };
    thread.on("message", onMessage).on("error", onError).on("exit", onExit);
    signal?.addEventListener("abort", onAbort);
    post({ request, progress: options?.onProgress !== undefined });
  });
}
