// The one place that knows the module's instance: it is started by the first call and again by the first call after a
// failure.
import { __wbg_reset_state as reset, exportsOf, type RawExports, start as startGlue } from "#glue";
import { load, prepare as prepareBy } from "#load";
import { abi } from "../../generated/abi.js";
import type { JsonText } from "../../generated/answers.js";
import type { Instantiate, Loader } from "./load/loader.js";
import { isProblem, problem } from "./load/load-error.js";

export type { RawExports };

// Not every loader has a use for a source.
const prepare: Loader["prepare"] = prepareBy;

let live: RawExports | undefined;
let started = false;
let pending: Promise<void> | undefined;

/**
 * The live instance's own exports: numbers in and out, and the memory. Never keep them over a call: after a failure
 * there are others, so compare to know whether kept addresses and views are still good.
 */
export function raw(): RawExports {
  return live ?? wake();
}

/** The live instance's memory; its `buffer` is another one after it has grown. */
export const memory = (): WebAssembly.Memory => raw().memory;

/**
 * Calls into the module. The module answers, it never throws; so whatever is thrown is a trap, a stack overflow or a
 * foreign exception that crossed it, all of which leave an instance with a broken stack. It is given up, and the next
 * call starts a fresh one: not this one, because after a stack overflow there may be no room to.
 *
 * @param work calls the glue's functions by name, so that a bundler keeps those that are called and no other
 */
export function guarded<T>(work: (raw: RawExports) => T): T {
  const exports = raw();
  try {
    return work(exports);
  } catch (error) {
    live = undefined;
    if (isProblem(error)) throw error;
    const told = error instanceof Error ? error.message : String(error);
    throw problem(
      "internal",
      `the call could not be finished: ${told}; the module starts afresh with the next call`,
      error,
    );
  }
}

/** An answer that came as text. Outside of {@link guarded}, as the module has no part in it. */
export const answered = <T>(text: JsonText<T>): T => JSON.parse(text) as T;

/**
 * Loads the module ahead of the first call, without blocking. Never needed, except where a browser compiles modules
 * only this way; a second call does nothing, and a call that comes before it is done does not wait for it.
 */
export const init = (): Promise<void> => prepareFrom();

/** {@link init} for a loader that needs a source. A failure is not kept: the next attempt begins anew. */
export function prepareFrom(source?: unknown): Promise<void> {
  if (started) return Promise.resolve();
  pending ??= prepare(source)
    .then(start)
    .catch((error: unknown) => {
      pending = undefined;
      if (!started) throw error;
    });
  return pending;
}

function wake(): RawExports {
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
    // Anything else, such as too little stack or memory, says nothing about the module.
    if (error instanceof Error && /^(Link|Type)Error$/.test(error.name)) throw wrongModule(error.message, error);
    throw error;
  }
  const exports = exportsOf();
  const found = exports.abi?.();
  if (found !== abi) throw wrongModule(`its layout is ${found}, and ${abi} is expected`);
  live = exports;
  started = true;
}

const wrongModule = (why: string, cause?: unknown) =>
  problem(
    "wrong_module",
    `this core.wasm is not of this version of batchlight: ${why}; take the file from the same version of the package`,
    cause,
  );
