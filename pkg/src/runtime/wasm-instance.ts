// The instance of the WebAssembly module. The first call starts it; after a failure, the next call starts a new one.
import { load, prepare as prepareLoader } from "#load";
import { abiHash } from "../../generated/abi.js";
import type { CoreExports } from "../../generated/core-exports.js";
import { importsOf } from "../../generated/core-imports.js";
import { messageOf } from "../common/thrown.js";
import { openAnswer } from "./answer-cells.js";
import { isBatchlightLoadError, loadError } from "./load/load-error.js";
import type { Instantiate, Loader } from "./load/loader.js";
import { type Decoder, newDecoder } from "./utf8.js";

export type { CoreExports };

// Typed as every loader's `prepare`: most of them take no source.
const prepare: Loader["prepare"] = prepareLoader;

let live: CoreExports | undefined;
let instantiate: Instantiate | undefined;
let pending: Promise<void> | undefined;

/**
 * The exports of the running instance: functions of numbers, and the memory. Do not keep them across calls, because a
 * failure replaces the instance. Addresses and views are valid only as long as the exports are the same object.
 */
export function wasmExports(): CoreExports {
  return live ?? restart();
}

/**
 * Calls into the module. The module returns its errors, so anything thrown is a trap, a stack overflow or an exception
 * of foreign code, and leaves the instance with a broken stack. The instance is dropped. The next call starts a new
 * one: this call cannot, because after a stack overflow there may not be enough stack left.
 */
export function callWasm<T>(work: (exports: CoreExports) => T): T {
  const exports = wasmExports();
  try {
    return work(exports);
  } catch (error) {
    live = undefined;
    if (isBatchlightLoadError(error)) throw error;
    throw loadError("internal", `the call failed: ${messageOf(error)}; the next call starts a new instance`, error);
  }
}

// A decoder of Safari fails after 2 GiB.
const maxDecodedBytes = 2 ** 31 - 2 ** 20;
let decoder: Decoder | undefined;
let decodedBytes = 0;

/**
 * Calls a function of the module that writes an answer and returns the address of its cells. Returns the answer.
 *
 * @param read the generated reader of the type that the function's documentation in src/wasm/batch.rs names
 */
export function callForAnswer<T>(read: () => T, work: (exports: CoreExports) => number): T {
  callWasm((exports) => {
    const address = work(exports) >>> 0;
    const [textAddress, length] = [exports.answer_text() >>> 0, exports.answer_text_length()];
    const buffer = exports.memory.buffer as ArrayBuffer;
    openAnswer(new Float64Array(buffer, address), decode(new Uint8Array(buffer, textAddress, length)));
  });
  return read();
}

function decode(bytes: Uint8Array): string {
  decodedBytes += bytes.length;
  if (decoder === undefined || decodedBytes > maxDecodedBytes) {
    decoder = newDecoder();
    decodedBytes = bytes.length;
  }
  return decoder.decode(bytes);
}

/**
 * Loads the module before the first call, without blocking. Needed only where a browser compiles modules of this size
 * only asynchronously. A second call does nothing. A call of another function in the meantime does not wait for it.
 */
export const init = (): Promise<void> => initFrom();

/** {@link init} for a loader that needs a source. After a failure, the next call tries again. */
export function initFrom(source?: unknown): Promise<void> {
  if (instantiate) return Promise.resolve();
  pending ??= prepare(source)
    .then(start)
    .catch((error: unknown) => {
      pending = undefined;
      if (!instantiate) throw error;
    });
  return pending;
}

function restart(): CoreExports {
  if (instantiate) live = newInstance(instantiate);
  else start(load());
  return live!;
}

function newInstance(create: Instantiate): CoreExports {
  const imports = importsOf((address, length) => {
    throw new Error(newDecoder().decode(new Uint8Array(exports.memory.buffer, address >>> 0, length >>> 0)));
  });
  const exports = create(imports) as CoreExports;
  // The wasm-free build has no such export.
  exports.__wbindgen_start?.();
  return exports;
}

function start(create: Instantiate): void {
  if (instantiate) return;
  let exports: CoreExports;
  try {
    exports = newInstance(create);
  } catch (error) {
    // Other errors, such as a stack overflow or a lack of memory, do not mean that the module is wrong.
    if (error instanceof Error && /^(Link|Type)Error$/.test(error.name)) throw wrongModule(error.message, error);
    throw error;
  }
  const found = exports.abi_hash?.();
  if (found === undefined || found >>> 0 !== abiHash) throw wrongModule(`expected layout ${abiHash}, found ${found}`);
  live = exports;
  instantiate = create;
}

const wrongModule = (reason: string, cause?: unknown) =>
  loadError(
    "wrong_module",
    `core.wasm is not of this version of batchlight: ${reason}; use the file from the same version of the package`,
    cause,
  );
