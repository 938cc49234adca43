// The script of a worker. It runs one operation; the page then terminates it.
import { localRunner, runInto } from "../files/engine/operation-runner.js";
import type { OperationAnswer } from "../files/engine/runner.js";
import type { FileOptions } from "../files/types.js";
import { toSentError, type WorkerMessage, type WorkerRequest } from "./messages.js";
import { chunkSender, receiveSource } from "./source-transfer.js";

const post = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void => postMessage(message, { transfer });

const postAnswer = (answer: OperationAnswer): void =>
  post(
    { answer },
    answer.parts.map(({ buffer }) => buffer),
  );

async function run({ sources, output, progress, ...rest }: WorkerRequest): Promise<void> {
  const options: FileOptions = progress ? { onProgress: (current) => post({ progress: current }) } : {};
  const request = { ...rest, sources: sources.map((file) => ({ ...file, source: receiveSource(file.source) })) };
  if (output === undefined) return postAnswer(await localRunner.run(request, options));
  const send = chunkSender(output);
  const answer = await runInto(request, options, (bytes) => send({ bytes }));
  await send({ end: true });
  postAnswer(answer);
}

post({ ready: true });
addEventListener("message", ({ data }: MessageEvent<WorkerRequest>) => {
  run(data).catch((error: unknown) => post({ error: toSentError(error) }));
});
