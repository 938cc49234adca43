// `initFiles` of batchlight/slim, which loads the functions for files when it is called.
import type { ModuleSource } from "../runtime/load/provided.js";
import type * as slim from "./engine/init-slim.js";

/**
 * Provides the module for files, fetching and compiling it without blocking. Required before the first function that
 * reads files. A second call does nothing. After a failure, the next call tries again.
 *
 * @param source `batchlight/files.wasm`: its URL, a response, its bytes, a compiled module, or a promise of one of
 * these
 * @throws {BatchlightLoadError} with code `wrong_module` if it is another file, or the file of another version
 */
export const initFiles = async (source: ModuleSource | PromiseLike<ModuleSource>): Promise<void> =>
  ((await import("#files")) as unknown as typeof slim).initFiles(source);
