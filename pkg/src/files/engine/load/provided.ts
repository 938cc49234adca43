// The loader of batchlight/slim: the caller provides files.wasm.
import { loadError } from "../../../runtime/load/load-error.js";
import { compileAsync, type ModuleSource } from "../../../runtime/load/provided.js";
import { type InstantiateFiles, instantiatorOf } from "./module.js";

let provided: InstantiateFiles | undefined;
let providing: Promise<void> | undefined;

export async function load(): Promise<InstantiateFiles> {
  if (provided) return provided;
  throw loadError(
    "not_loaded",
    "batchlight/slim has no module for files; first call `await initFiles(source)` with batchlight/files.wasm, " +
      'or import "batchlight/files", which contains it',
  );
}

/**
 * Compiles a module for {@link load}, unless there is one or an earlier call is about to provide one. Keeps it only if
 * `check` succeeds.
 */
export const provide = (
  source: ModuleSource | PromiseLike<ModuleSource>,
  check: () => Promise<unknown>,
): Promise<void> => (providing ??= compileAndCheck(source, check));

async function compileAndCheck(
  source: ModuleSource | PromiseLike<ModuleSource>,
  check: () => Promise<unknown>,
): Promise<void> {
  try {
    provided = instantiatorOf(await compileAsync(source, "files.wasm"));
    await check();
  } catch (error) {
    [provided, providing] = [undefined, undefined];
    throw error;
  }
}
