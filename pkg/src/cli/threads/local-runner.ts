// Runs operations on the current thread, by the module that the package contains.
import type { Runner } from "../../files/engine/runner.js";

/** Loads the package's own runner, which is not declared for users. */
export const loadRunner = async (): Promise<Runner> =>
  ((await import("#files")) as unknown as { readonly localRunner: Runner }).localRunner;
