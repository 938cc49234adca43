// The functions of batchlight/slim that provide the module.
import { type ModuleBytes, type ModuleSource, provide } from "./load/provided.js";
import { initFrom, wasmExports } from "./wasm-instance.js";

/**
 * Provides the module, fetching and compiling it without blocking. A second call does nothing. After a failure, the
 * next call tries again.
 *
 * @param source `batchlight/core.wasm`: its URL, a response, its bytes, a compiled module, or a promise of one of these
 * @throws {BatchlightLoadError} with code `wrong_module` if it is another file, or the file of another version
 */
export const init = (source: ModuleSource | PromiseLike<ModuleSource>): Promise<void> => initFrom(source);

/**
 * Provides the module synchronously. A second call does nothing.
 *
 * @param module `batchlight/core.wasm`: its bytes or a compiled module
 * @throws {BatchlightLoadError} with code `wrong_module` if it is another file, or the file of another version
 */
export function initSync(module: ModuleBytes): void {
  provide(module);
  wasmExports();
}
