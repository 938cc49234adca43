// The script of a thread: runs operations on files, one after the other.
import { fstatSync, read } from "node:fs";
import { promisify } from "node:util";
import { parentPort } from "node:worker_threads";
import type { FileHandleLike } from "../../files/types.js";
import { toSentError } from "../../worker/messages.js";
import { loadRunner } from "./local-runner.js";
import type { ThreadMessage, ThreadRequest } from "./messages.js";

const readDescriptor = promisify(read);

/** A file that the command has opened, and closes. Descriptors belong to the process, not to a thread. */
const handleOf = (descriptor: number): FileHandleLike => ({
  read: (buffer, { offset, length, position }) => readDescriptor(descriptor, buffer, offset, length, position),
  stat: async () => fstatSync(descriptor),
});

const post = (message: ThreadMessage, transfer: readonly ArrayBuffer[] = []): void =>
  parentPort!.postMessage(message, transfer);

let cancellation = new AbortController();

async function run({ request, progress }: Extract<ThreadRequest, { request: object }>): Promise<void> {
  cancellation = new AbortController();
  try {
    const runner = await loadRunner();
    const sources = request.sources.map(({ descriptor, ...file }) => ({ ...file, source: handleOf(descriptor) }));
    const answer = await runner.run(
      { ...request, sources },
      {
        signal: cancellation.signal,
        ...(progress && { onProgress: (current) => post({ progress: current }) }),
      },
    );
    post(
      { answer },
      answer.parts.map(({ buffer }) => buffer),
    );
  } catch (error) {
    post({ error: toSentError(error) });
  }
}

parentPort!.on("message", (message: ThreadRequest) => {
  if ("cancel" in message) cancellation.abort();
  else void run(message);
});
