// Instances of the module. Each runs one operation at a time, so that operations are independent. The compiled module
// is shared. A small instance is kept for the next operation; a large one is freed with its memory.
import * as loader from "#load-files";
import { AnswerPart, type RoleCode } from "../../../generated/files-boundary.js";
import { importsOf } from "../../../generated/files-imports.js";
import { filesLayout } from "../../../generated/files-layout.js";
import { isBatchlightLoadError, loadError } from "../../runtime/load/load-error.js";
import { type Decoder, newDecoder, newEncoder } from "../../runtime/utf8.js";
import { messageOf } from "../../common/thrown.js";
import { Idle } from "../io/idle.js";
import type { Measurement } from "../io/source-reader.js";
import type { FilesExports, FilesLoader, InstantiateFiles } from "./load/module.js";
import { randomKey } from "./hash-key.js";
import type { OperationRequest } from "./runner.js";

const { load }: FilesLoader = loader;

/** The maximum memory of an instance that is kept, in bytes: enough for 20,000 requests. */
const maxKeptSize = 4 << 20;

/**
 * The instance that is kept. Starting a new one takes longer than checking a small file, and engines collect garbage
 * after every few new ones.
 */
const idleInstance = new Idle<Instance>();

let instantiatePromise: Promise<InstantiateFiles> | undefined;

/**
 * Returns an instance for an operation: the one that was kept, or a new one. After a failure, the next call loads the
 * module again.
 *
 * @param hashKey the key of its hashes; default: a new one
 * @throws {BatchlightLoadError} if the module cannot be loaded
 */
export async function startInstance(hashKey = randomKey()): Promise<Instance> {
  const instance = idleInstance.take() ?? (await newInstance());
  instance.reset(hashKey);
  return instance;
}

async function newInstance(): Promise<Instance> {
  instantiatePromise ??= load().catch((error: unknown) => {
    instantiatePromise = undefined;
    throw error;
  });
  const instantiate = await instantiatePromise;
  try {
    return await start(instantiate);
  } catch (error) {
    if (isBatchlightLoadError(error)) instantiatePromise = undefined;
    throw error;
  }
}

/** Keeps an instance for the next operation, if it is small. To be called only after an operation that succeeded. */
export function keepInstance(instance: Instance): void {
  if (instance.measure().memory <= maxKeptSize) idleInstance.keep(instance);
}

async function start(instantiate: InstantiateFiles): Promise<Instance> {
  let exports: FilesExports | undefined;
  const imports = importsOf((address, length) => {
    throw new Error(newDecoder().decode(new Uint8Array(exports!.memory.buffer, address >>> 0, length >>> 0)));
  });
  try {
    exports = await instantiate(imports);
  } catch (error) {
    if (error instanceof Error && /^(Link|Type)Error$/.test(error.name)) throw wrongModule(error.message, error);
    throw error;
  }
  exports.__wbindgen_start?.();
  const found = exports.files_layout?.();
  if (found !== filesLayout) throw wrongModule(`expected layout ${filesLayout}, found ${found}`);
  return new Instance(exports);
}

const wrongModule = (reason: string, cause?: unknown) =>
  loadError(
    "wrong_module",
    `files.wasm does not match this version of batchlight (${reason}); use the file from the same package version`,
    cause,
  );

// The size in bytes of the slices that are copied into the module: they fit in the CPU cache, and the module's memory
// does not grow with the chunks of a source.
const copySize = 256 << 10;

/** A running instance of the module. An exception of its exports is a trap, or a panic reported through the import. */
export class Instance {
  #memory = new Uint8Array(0);
  #decoder: Decoder | undefined;

  constructor(private readonly exports: FilesExports) {}

  /** Frees everything that the previous operation left, and sets the key of the hashes of the next one. */
  reset([a = 0, b = 0, c = 0, d = 0]: Uint32Array): void {
    this.#call((exports) => exports.reset(a, b, c, d));
  }

  /** Sets the options and opens the operation. */
  open({ operation, numbers = [], strings = [], batches = [] }: OperationRequest): void {
    this.#call((exports) => {
      for (const [option, value] of numbers) if (value !== undefined) exports.set_number(option, value);
      for (const [option, value] of strings) {
        if (value === undefined) continue;
        const bytes = newEncoder().encode(value);
        this.#copy(bytes);
        exports.set_text(option, bytes.length);
      }
      for (const { status, total, completed, failed, hasOutput, hasError } of batches)
        exports.add_batch(status, total, completed, failed, hasOutput, hasError);
      exports.open(operation);
    });
  }

  /** The maximum number of files of one role. */
  get maxFiles(): number {
    return this.#call((exports) => exports.max_files());
  }

  /** Begins the file with an index among the files of a role. */
  beginFile(role: RoleCode, index: number): void {
    this.#call((exports) => exports.file(role, index));
  }

  /** Processes a chunk of the file. */
  write(chunk: Uint8Array): void {
    this.#call((exports) => {
      for (let start = 0; start < chunk.length; start += copySize) {
        const slice = chunk.length <= copySize ? chunk : chunk.subarray(start, start + copySize);
        this.#copy(slice);
        exports.commit(slice.length);
      }
    });
  }

  /** Ends the file that was begun last. */
  endFile(): void {
    this.#call((exports) => exports.end());
  }

  /** Returns a copy of a page of a part of the answer, after all files have ended. A page after the last is empty. */
  bytes(part: AnswerPart, page = 0): Uint8Array<ArrayBuffer> {
    return this.#call((exports) => {
      const address = exports.answer(part, page) >>> 0;
      return new Uint8Array(exports.memory.buffer as ArrayBuffer, address, exports.answer_length() >>> 0).slice();
    });
  }

  /** Returns the result of the operation, after the last file has ended. */
  result(): unknown {
    this.#decoder ??= newDecoder();
    return JSON.parse(this.#decoder.decode(this.bytes(AnswerPart.Result)));
  }

  /** The number of lines that were read, and the size of the memory. */
  measure(): Measurement {
    return { lines: this.exports.lines(), memory: this.exports.memory.buffer.byteLength };
  }

  #copy(bytes: Uint8Array): void {
    const address = this.exports.reserve(bytes.length) >>> 0;
    const { buffer } = this.exports.memory;
    // Growing the memory replaces its buffer.
    if (this.#memory.buffer !== buffer) this.#memory = new Uint8Array(buffer);
    this.#memory.set(bytes, address);
  }

  #call<T>(work: (exports: FilesExports) => T): T {
    try {
      return work(this.exports);
    } catch (error) {
      if (isBatchlightLoadError(error)) throw error;
      throw loadError(
        "internal",
        `the operation failed: ${messageOf(error)}; other operations are not affected, and you can retry it`,
        error,
      );
    }
  }
}
