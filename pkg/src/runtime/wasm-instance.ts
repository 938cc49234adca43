// The instance of the WebAssembly module. The first call starts it; after a failure, the next call starts a new one.
import { __wbg_reset_state as reset, exportsOf, type RawExports, start as startGlue } from "#glue";
import { load, prepare as prepareLoader } from "#load";
import { abiHash } from "../../generated/abi.js";
import type { JsonString } from "../../generated/answers.js";
import { isBatchlightLoadError, loadError } from "./load/load-error.js";
import type { Instantiate, Loader } from "./load/loader.js";

export type { RawExports };

// Typed as every loader's `prepare`: most of them take no source.
const prepare: Loader["prepare"] = prepareLoader;

let live: RawExports | undefined;
let started = false;
let pending: Promise<void> | undefined;

/**
 * The exports of the running instance: functions of numbers, and the memory. Do not keep them across calls, because a
 * failure replaces the instance. Addresses and views are valid only as long as the exports are the same object.
 */
export function wasmExports(): RawExports {
  return live ?? restart();
}

/**
 * Calls into the module. The module returns its errors, so anything thrown is a trap, a stack overflow or an exception
 * of foreign code, and leaves the instance with a broken stack. The instance is dropped, and the next call starts a new
 * one: not this call, because after a stack overflow there may be no stack left to start it.
 *
 * @param work calls the glue's functions by name, so that bundlers drop those that are never called
 */
export function callWasm<T>(work: (exports: RawExports) => T): T {
  const exports = wasmExports();
  try {
    return work(exports);
  } catch (error) {
    live = undefined;
    if (isBatchlightLoadError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw loadError("internal", `the call failed: ${reason}; the next call starts a new instance`, error);
  }
}

/** Parses an answer that the module returned as JSON. Call it outside of {@link callWasm}. */
export const parseAnswer = <T>(text: JsonString<T>): T => JSON.parse(text) as T;

/**
 * Loads the module before the first call, without blocking. Needed only where a browser compiles modules of this size
 * only asynchronously. A second call does nothing. A call of another function in the meantime does not wait for it.
 */
export const init = (): Promise<void> => initFrom();

/** {@link init} for a loader that needs a source. After a failure, the next call tries again. */
export function initFrom(source?: unknown): Promise<void> {
  if (started) return Promise.resolve();
  pending ??= prepare(source)
    .then(start)
    .catch((error: unknown) => {
      pending = undefined;
      if (!started) throw error;
    });
  return pending;
}

function restart(): RawExports {
  if (!started) start(load());
  else {
    reset();
    live = exportsOf();
  }
  return live!;
}

function start(instantiate: Instantiate): void {
  if (started) return;
  try {
    startGlue(instantiate);
  } catch (error) {
    // Other errors, such as a stack overflow or a lack of memory, do not mean that the module is wrong.
    if (error instanceof Error && /^(Link|Type)Error$/.test(error.name)) throw wrongModule(error.message, error);
    throw error;
  }
  const exports = exportsOf();
  const found = exports.abi_hash?.();
  if (found !== abiHash) throw wrongModule(`expected layout ${abiHash}, found ${found}`);
  live = exports;
  started = true;
}

const wrongModule = (reason: string, cause?: unknown) =>
  loadError(
    "wrong_module",
    `core.wasm is not of this version of batchlight: ${reason}; use the file from the same version of the package`,
    cause,
  );
