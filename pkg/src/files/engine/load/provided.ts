// The loader of batchlight/slim: the caller provides files.wasm.
import { loadError } from "../../../runtime/load/load-error.js";
import { compileAsync, type ModuleSource } from "../../../runtime/load/provided.js";
import { type InstantiateFiles, instantiatorOf } from "./module.js";

let provided: InstantiateFiles | undefined;

export async function load(): Promise<InstantiateFiles> {
  if (provided) return provided;
  throw loadError(
    "not_loaded",
    "batchlight/slim has no module for files; first call `await initFiles(source)` with batchlight/files.wasm, " +
      'or import "batchlight/files", which contains it',
  );
}

/** Compiles a module for {@link load}, unless there is one. Keeps it only if `check` succeeds. */
export async function provide(
  source: ModuleSource | PromiseLike<ModuleSource>,
  check: () => Promise<unknown>,
): Promise<void> {
  if (provided) return;
  provided = instantiatorOf(await compileAsync(source, "files.wasm"));
  try {
    await check();
  } catch (error) {
    provided = undefined;
    throw error;
  }
}
