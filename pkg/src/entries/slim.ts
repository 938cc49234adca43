// The entry without the module: for those who serve, cache or compile batchlight/core.wasm themselves.
import { prepareFrom, raw } from "../runtime/wasm-instance.js";
import { give, type ModuleBytes, type ModuleSource } from "../runtime/load/provided.js";

/**
 * Gives the package its module for files, fetching and compiling it without blocking. Needed before the first function
 * that reads files; a second call does nothing; after a failure it tries again.
 *
 * @param source `batchlight/files.wasm`: its address, a response, its bytes, a compiled module, or a promise of one of
 * these
 * @throws a `BatchlightLoadError` with code `wrong_module` if it is not that file
 */
export const initFiles = async (source: ModuleSource | PromiseLike<ModuleSource>): Promise<void> =>
  ((await import("#files")) as unknown as typeof import("./files-slim.js")).initFiles(source);

// Its `init` is hidden by the one below.
export * from "./index.js";
export type { ModuleBytes, ModuleSource };

/**
 * Gives the package its module, fetching and compiling it without blocking. A second call does nothing; after a failure
 * it tries again.
 *
 * @param source `batchlight/core.wasm`: its address, a response, its bytes, a compiled module, or a promise of one of
 * these
 * @throws a `BatchlightLoadError` with code `wrong_module` if it is not that file, or not of this version
 */
export const init = (source: ModuleSource | PromiseLike<ModuleSource>): Promise<void> => prepareFrom(source);

/**
 * Gives the package its module at once. A second call does nothing.
 *
 * @param module `batchlight/core.wasm`: its bytes or a compiled module
 * @throws a `BatchlightLoadError` with code `wrong_module` if it is not that file, or not of this version
 */
export function initSync(module: ModuleBytes): void {
  give(module);
  raw();
}
