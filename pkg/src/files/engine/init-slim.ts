// `initFiles` of batchlight/slim.
import type { ModuleSource } from "../../runtime/load/provided.js";
import { startInstance } from "./instance.js";
import { provide } from "./load/provided.js";

/** Compiles the module for files, and keeps it if an instance of it starts. */
export const initFiles = (source: ModuleSource | PromiseLike<ModuleSource>): Promise<void> =>
  provide(source, startInstance);
