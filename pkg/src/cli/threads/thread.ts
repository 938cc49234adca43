// The script of a thread: runs operations on files, one after the other.
import { parentPort } from "node:worker_threads";
import { toSentError } from "../../worker/messages.js";
import { descriptorHandle } from "../descriptor-handle.js";
import { loadRunner } from "./local-runner.js";
import type { ThreadMessage, ThreadRequest } from "./messages.js";

const post = (message: ThreadMessage, transfer: readonly ArrayBuffer[] = []): void =>
  parentPort!.postMessage(message, transfer);

let cancellation = new AbortController();

async function run({ request, progress }: Extract<ThreadRequest, { request: object }>): Promise<void> {
  cancellation = new AbortController();
  try {
    const runner = await loadRunner();
    const sources = request.sources.map(({ descriptor, ...file }) => ({
      ...file,
      source: descriptorHandle(descriptor),
    }));
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
