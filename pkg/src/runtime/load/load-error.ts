// The error for a module that cannot be loaded or that failed.
import { hasName } from "../errors.js";

/**
 * Why the package's WebAssembly module cannot be used:
 * - `wasm_blocked`: the page or runtime forbids compiling WebAssembly
 * - `wasm_too_large`: the browser compiles a module of this size only asynchronously, by `await init()`
 * - `not_loaded`: `batchlight/slim` has no module yet
 * - `wrong_module`: the module passed to `batchlight/slim` is not the one of this version
 * - `worker_failed`: the worker of `batchlight/worker` did not start, or died
 * - `internal`: the module failed during a call; the next call starts a new instance
 */
export type LoadErrorCode =
  | "wasm_blocked"
  | "wasm_too_large"
  | "not_loaded"
  | "wrong_module"
  | "worker_failed"
  | "internal";

/**
 * Thrown when the package itself cannot work, whatever the data. Identified by its `name`: see
 * {@link isBatchlightLoadError}.
 */
export interface BatchlightLoadError extends Error {
  /** Identifies the class of errors. */
  readonly name: "BatchlightLoadError";
  /** Why the module cannot be used. */
  readonly code: LoadErrorCode;
}

/** Whether a caught value is a {@link BatchlightLoadError}. */
export const isBatchlightLoadError = (error: unknown): error is BatchlightLoadError =>
  hasName(error, "BatchlightLoadError");

/** Creates a {@link BatchlightLoadError}. */
export function loadError(code: LoadErrorCode, message: string, cause?: unknown): BatchlightLoadError {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  return Object.assign(error, { name: "BatchlightLoadError", code } as const);
}
