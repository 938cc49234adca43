// One instance of the module for each operation: none disturbs another, and an operation's memory goes with it. The
// compiled module is shared.
import * as loader from "#load-files";
import { filesLayout } from "../../../generated/files-layout.js";
import { importsOf } from "../../../generated/files-imports.js";
import { isBatchlightLoadError, loadError } from "../../runtime/load/load-error.js";
import { type Decoder, newDecoder, newEncoder } from "../../runtime/utf8.js";
import type { FilesExports, FilesLoader, InstantiateFiles } from "./load/module.js";

const { load }: FilesLoader = loader;

let compiled: Promise<InstantiateFiles> | undefined;

/** Starts an instance. */
export async function instance(): Promise<Instance> {
  // A failure is not kept: the next attempt begins anew.
  compiled ??= load().catch((error: unknown) => {
    compiled = undefined;
    throw error;
  });
  const instantiate = await compiled;
  try {
    return await started(instantiate);
  } catch (error) {
    if (isBatchlightLoadError(error)) compiled = undefined;
    throw error;
  }
}

async function started(instantiate: InstantiateFiles): Promise<Instance> {
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
  if (found !== filesLayout) throw wrongModule(`its layout is ${found}, and ${filesLayout} is expected`);
  const [a = 0, b = 0, c = 0, d = 0] = randomKey();
  exports.set_hash_key(a, b, c, d);
  return new Instance(exports);
}

/** 128 random bits. Without them, somebody could write files whose ids share a hash. */
function randomKey(): Uint32Array {
  const key = new Uint32Array(4);
  if (typeof globalThis.crypto?.getRandomValues === "function") return crypto.getRandomValues(key);
  // Very old engines, and bare ones: harder to foresee than no key.
  return key.map(() => Math.random() * 2 ** 32);
}

const wrongModule = (why: string, cause?: unknown) =>
  loadError(
    "wrong_module",
    `this files.wasm is not of this version of batchlight: ${why}; take the file from the same version of the package`,
    cause,
  );

// Of what is copied in at once: as much as stays in the cache, so that the module's memory does not grow with the
// pieces that come.
const piece = 256 << 10;

/** An instance at work. It answers, it never throws: whatever is thrown is a trap, and ends the operation. */
export class Instance {
  #memory = new Uint8Array(0);
  #decoder: Decoder | undefined;

  constructor(private readonly exports: FilesExports) {}

  /** Opens the operation, with what it is asked by; what is undefined is left as it is by default. */
  open(
    operation: number,
    numbers: readonly (number | undefined)[],
    texts: readonly (string | undefined)[],
    batches: readonly (readonly number[])[],
  ): void {
    this.#guarded((exports) => {
      numbers.forEach((value, key) => {
        if (value !== undefined) exports.set_number(key, value);
      });
      texts.forEach((value, key) => {
        if (value === undefined) return;
        const bytes = newEncoder().encode(value);
        this.#write(bytes);
        exports.set_text(key, bytes.length);
      });
      for (const [status = -1, total = -1, completed = -1, failed = -1, output = 0, error = 0] of batches) {
        exports.add_batch(status, total, completed, failed, output, error);
      }
      exports.open(operation);
    });
  }

  /** How many files of one kind an operation takes. */
  get maxFiles(): number {
    return this.#guarded((exports) => exports.max_files());
  }

  /** Begins a file: what it is in the operation, and which of these. */
  file(role: number, index: number): void {
    this.#guarded((exports) => exports.file(role, index));
  }

  /** Takes a piece of the file, however large; `each` is called after each part of it. */
  take(bytes: Uint8Array, each?: () => void): void {
    this.#guarded((exports) => {
      for (let at = 0; at < bytes.length; at += piece) {
        const part = bytes.length <= piece ? bytes : bytes.subarray(at, at + piece);
        this.#write(part);
        exports.commit(part.length);
        each?.();
      }
    });
  }

  /** Ends the file. */
  end(): void {
    this.#guarded((exports) => exports.end());
  }

  /** Part of the answer as bytes, copied. */
  bytes(part: number, from = 0): Uint8Array<ArrayBuffer> {
    return this.#guarded((exports) => {
      const address = exports.answer(part, from) >>> 0;
      return new Uint8Array(exports.memory.buffer as ArrayBuffer, address, exports.answer_length() >>> 0).slice();
    });
  }

  /** Part of the answer as what it says. */
  answer(part: number, from = 0): unknown {
    this.#decoder ??= newDecoder();
    return JSON.parse(this.#decoder.decode(this.bytes(part, from)));
  }

  /** How far the operation is. */
  measure(): { readonly lines: number; readonly memory: number } {
    return { lines: this.exports.lines(), memory: this.exports.memory.buffer.byteLength };
  }

  #write(bytes: Uint8Array): void {
    const address = this.exports.reserve(bytes.length) >>> 0;
    const { buffer } = this.exports.memory;
    // Another one after the memory has grown.
    if (this.#memory.buffer !== buffer) this.#memory = new Uint8Array(buffer);
    this.#memory.set(bytes, address);
  }

  #guarded<T>(work: (exports: FilesExports) => T): T {
    try {
      return work(this.exports);
    } catch (error) {
      if (isBatchlightLoadError(error)) throw error;
      const told = error instanceof Error ? error.message : String(error);
      throw loadError(
        "internal",
        `the operation could not be finished: ${told}; other operations go on, and it can be tried again`,
        error,
      );
    }
  }
}
