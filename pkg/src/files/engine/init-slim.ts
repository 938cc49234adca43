// `initFiles` of batchlight/slim: provides the module for files.
import type { ModuleSource } from "../../runtime/load/provided.js";
import { instance } from "./instance.js";
import { give } from "./load/provided.js";

/** Compiles the module for files, and keeps it if an instance of it starts. */
export const initFiles = (source: ModuleSource | PromiseLike<ModuleSource>): Promise<void> => give(source, instance);
