// The loader of the slim entry: the caller brings files.wasm.
import { compileAsync, type ModuleSource } from "../../../runtime/load/provided.js";
import { loadError } from "../../../runtime/load/load-error.js";
import { type InstantiateFiles, instantiatorOf } from "./module.js";

let given: InstantiateFiles | undefined;

export async function load(): Promise<InstantiateFiles> {
  if (given) return given;
  throw loadError(
    "not_loaded",
    "batchlight/slim has no module for files yet: first call `await initFiles(source)` with batchlight/files.wasm, " +
      'or import "batchlight/files", which carries it',
  );
}

/**
 * Compiles without blocking and keeps the module for {@link load}, unless there is one. What fails `check` is not kept.
 */
export async function give(
  source: ModuleSource | PromiseLike<ModuleSource>,
  check: () => Promise<unknown>,
): Promise<void> {
  if (given) return;
  given = instantiatorOf(await compileAsync(source, "files.wasm"));
  try {
    await check();
  } catch (error) {
    given = undefined;
    throw error;
  }
}
