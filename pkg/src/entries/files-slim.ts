// What works on files for the slim entry, whose caller brings files.wasm: its loader is another.
import { instance } from "../files/instance.js";
import { give } from "../files/load/given.js";
import type { ModuleSource } from "../runtime/load/provided.js";

export * from "./files.js";

/** `initFiles` of the slim entry. */
export const initFiles = (source: ModuleSource | PromiseLike<ModuleSource>): Promise<void> => give(source, instance);
