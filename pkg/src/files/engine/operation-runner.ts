// An operation on this thread: its sources go into an instance of the module, and what it says comes out.
import { type FileOptions, Job } from "../io/progress.js";
import { flowing } from "./pull-stream.js";
import { type Instance, instance } from "./instance.js";
import { fileProblem } from "../io/file-error.js";

/** A file of an operation. */
export interface AskedSource {
  /** Its bytes. */
  readonly source: unknown;
  /** What it is in the operation. */
  readonly role: number;
  /** Which of these, from 0. */
  readonly index: number;
}

/** What is asked of the module. Plain data but for the sources, so that it can be asked of another thread. */
export interface Asked {
  /** Which operation. */
  readonly operation: number;
  /** The files, in the order in which they are read, each with its role in the operation. */
  readonly sources: readonly AskedSource[];
  /** The options that are numbers, by their key in the module. */
  readonly numbers?: readonly (number | undefined)[];
  /** The options that are texts, likewise. */
  readonly texts?: readonly (string | undefined)[];
  /** Rows of numbers about the batches that the files are of. */
  readonly batches?: readonly (readonly number[])[];
  /** How many parts the answer has besides the first. */
  readonly parts?: number;
}

/** What the module answers. */
export interface Answered {
  /** What the first part says. */
  readonly answer: unknown;
  /** The other parts, as bytes. */
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
}

/** An operation that gives a file while it reads one. */
export interface Flowing {
  /** The file. */
  readonly stream: ReadableStream<Uint8Array>;
  /** What the module answers once the stream has been read to its end. */
  readonly answered: Promise<Answered>;
}

/** What is asked of an operation that gives a file, and what must hold of its answer before the file may end. */
export interface Flow extends Asked {
  /** Throws where the file must not be taken for whole. */
  readonly check?: ((answered: Answered) => void) | undefined;
}

/** A place where operations run: this thread or another. */
export interface Runner {
  /** Runs one that reads its sources and answers. */
  run(asked: Asked, options: FileOptions | undefined): Promise<Answered>;
  /** Runs one that gives a file besides; what is asked may take reading too. */
  flow(asked: (options: FileOptions) => Promise<Flow>, options: FileOptions | undefined): Flowing;
}

async function begin(
  { operation, sources, numbers = [], texts = [], batches = [] }: Asked,
  options: FileOptions | undefined,
): Promise<{ worker: Instance; job: Job }> {
  options?.signal?.throwIfAborted();
  const worker = await instance();
  if (sources.some(({ index }) => index >= worker.maxFiles)) throw tooMany(worker.maxFiles);
  worker.open(operation, numbers, texts, batches);
  return { worker, job: new Job(options, () => worker.measure()) };
}

const tooMany = (most: number) =>
  fileProblem("wrong_source", `expected at most ${most} files of one kind, found more: put small files together first`);

// Parts come in pages, so that the module never holds a second copy of what it knows.
function allOf(worker: Instance, part: number): Uint8Array<ArrayBuffer> {
  const pages: Uint8Array[] = [];
  let size = 0;
  for (let from = 0; ; from++) {
    const page = worker.bytes(part, from);
    if (page.length === 0) break;
    size += page.length;
    pages.push(page);
  }
  const all = new Uint8Array(size);
  let filled = 0;
  for (const page of pages) {
    all.set(page, filled);
    filled += page.length;
  }
  return all;
}

function answerOf(worker: Instance, { parts = 0 }: Asked): Answered {
  return { answer: worker.answer(0), parts: Array.from({ length: parts }, (_, part) => allOf(worker, part + 1)) };
}

async function run(asked: Asked, options: FileOptions | undefined): Promise<Answered> {
  const { worker, job } = await begin(asked, options);
  for (const { source, role, index } of asked.sources) {
    worker.file(role, index);
    await job.read(source, (piece) => worker.take(piece));
    worker.end();
  }
  job.tell();
  return answerOf(worker, asked);
}

// The part of the answer in which the file that is given waits, and how much of it may wait for the next piece.
const output = -1 >>> 0;
const most = 256 << 10;

/** Calls `write` with what an operation gives, and waits where it says to. */
export async function flowInto(
  asked: Asked,
  options: FileOptions | undefined,
  write: (bytes: Uint8Array<ArrayBuffer>) => unknown,
): Promise<Answered> {
  const { worker, job } = await begin(asked, options);
  const drain = async (): Promise<void> => {
    const bytes = worker.bytes(output);
    if (bytes.length > 0) await write(bytes);
  };
  for (const { source, role, index } of asked.sources) {
    worker.file(role, index);
    await job.read(source, async (piece) => {
      for (let at = 0; at < piece.length; at += most) {
        worker.take(piece.subarray(at, at + most));
        await drain();
      }
    });
    worker.end();
  }
  await drain();
  job.tell();
  return answerOf(worker, asked);
}

/** Operations on this thread. */
export const here: Runner = {
  run,
  flow: (asked, options) =>
    flowing(options, async (own, write) => {
      const { check, ...given } = await asked(own);
      const answered = await flowInto(given, own, write);
      check?.(answered);
      return answered;
    }),
};
