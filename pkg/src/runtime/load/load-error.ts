/**
 * Why the package's module could not be used:
 * - `wasm_blocked`: this place does not let WebAssembly be compiled
 * - `wasm_too_large`: this place compiles a module of this size only without blocking, so by `await init()`
 * - `not_loaded`: `batchlight/slim` has not been given its module yet
 * - `wrong_module`: what `batchlight/slim` was given is not the module of this version
 * - `worker_failed`: the worker of `batchlight/worker` could not be started, or died
 * - `internal`: the module failed in the middle of a call; it starts afresh with the next one
 */
export type LoadProblemCode =
  | "wasm_blocked"
  | "wasm_too_large"
  | "not_loaded"
  | "wrong_module"
  | "worker_failed"
  | "internal";

/**
 * An error of the package's own making that does not speak of the caller's data. Known by its name, not by
 * `instanceof`.
 */
export interface LoadProblem extends Error {
  /** What tells this error from others. */
  readonly name: "BatchlightLoadError";
  /** Why. */
  readonly code: LoadProblemCode;
}

/** Makes a {@link LoadProblem}. */
export function problem(code: LoadProblemCode, message: string, cause?: unknown): LoadProblem {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  return Object.assign(error, { name: "BatchlightLoadError", code } as const);
}

/** Whether a caught value was made by {@link problem}. */
export const isProblem = (error: unknown): error is LoadProblem =>
  error instanceof Error && error.name === "BatchlightLoadError";
