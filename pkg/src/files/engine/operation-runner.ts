// Runs operations on this thread: passes the sources to an instance of the module and returns its answer.
import { AnswerPart } from "../../../generated/files-boundary.js";
import { fileError } from "../io/file-error.js";
import { openSource, totalSizeOf } from "../io/open-source.js";
import { SourceReader } from "../io/source-reader.js";
import type { FileOptions } from "../types.js";
import { type Instance, keepInstance, startInstance } from "./instance.js";
import { pullStream } from "./pull-stream.js";
import type { OperationAnswer, OperationRequest, Runner } from "./runner.js";

async function open(
  request: OperationRequest,
  options: FileOptions | undefined,
): Promise<{ instance: Instance; reader: SourceReader }> {
  options?.signal?.throwIfAborted();
  const instance = await startInstance(request.hashKey);
  const { maxFiles } = instance;
  if (request.sources.some(({ index }) => index >= maxFiles))
    throw fileError(
      "wrong_source",
      `expected at most ${maxFiles} files of one role, found more; concatenate small files`,
    );
  instance.open(request);
  const total = options?.onProgress && (await totalSizeOf(request.sources.map(({ source }) => source)));
  return { instance, reader: new SourceReader(options, () => instance.measure(), total) };
}

// Parts have pages, so that the module never holds a second copy of its data.
function readPart(instance: Instance, part: AnswerPart): Uint8Array<ArrayBuffer> {
  const pages: Uint8Array[] = [];
  let size = 0;
  for (let index = 0; ; index++) {
    const page = instance.bytes(part, index);
    if (page.length === 0) break;
    size += page.length;
    pages.push(page);
  }
  const bytes = new Uint8Array(size);
  let filled = 0;
  for (const page of pages) {
    bytes.set(page, filled);
    filled += page.length;
  }
  return bytes;
}

/** Reads the answer, and keeps the instance for the next operation. */
function readAnswer(instance: Instance, { parts = [] }: OperationRequest): OperationAnswer {
  const answer = { result: instance.result(), parts: parts.map((part) => readPart(instance, part)) };
  keepInstance(instance);
  return answer;
}

async function run(request: OperationRequest, options: FileOptions | undefined): Promise<OperationAnswer> {
  const { instance, reader } = await open(request, options);
  for (const { source, role, index } of request.sources) {
    instance.beginFile(role, index);
    await reader.read(
      () => openSource(source),
      (chunk) => instance.write(chunk),
    );
    instance.endFile();
  }
  reader.report();
  return readAnswer(instance, request);
}

// The size in bytes of the parts that a chunk is divided into, so that little output waits in the module.
const maxPartSize = 256 << 10;

/** Runs an operation that writes a file, and passes each part of the file to `write`, which can delay the next part. */
export async function runInto(
  request: OperationRequest,
  options: FileOptions | undefined,
  write: (bytes: Uint8Array<ArrayBuffer>) => unknown,
): Promise<OperationAnswer> {
  const { instance, reader } = await open(request, options);
  const drain = async (): Promise<void> => {
    const bytes = instance.bytes(AnswerPart.Output);
    if (bytes.length > 0) await write(bytes);
  };
  for (const { source, role, index } of request.sources) {
    instance.beginFile(role, index);
    await reader.read(
      () => openSource(source),
      async (chunk) => {
        for (let start = 0; start < chunk.length; start += maxPartSize) {
          instance.write(chunk.subarray(start, start + maxPartSize));
          await drain();
        }
      },
    );
    instance.endFile();
  }
  await drain();
  reader.report();
  return readAnswer(instance, request);
}

/** Runs operations on this thread. */
export const localRunner: Runner = {
  run,
  stream: (makeRequest, options) =>
    pullStream(options, async (own, write) => {
      const { assertValid, ...request } = await makeRequest(own);
      const answer = await runInto(request, own, write);
      assertValid?.(answer);
      return answer;
    }),
};
