// A store in memory: the run ends with the process.
import { runError } from "../errors.js";
import type { RunStore } from "./store.js";

/**
 * Creates a store in memory, for short runs and for tests. Nothing survives the process; if it ends, batches go on, and
 * nobody knows about them.
 *
 * @example
 * import { memoryStore } from "batchlight/run";
 * const store = memoryStore();
 * await store.append('{"record": "cancelled"}\n');
 * console.log(await store.journal()); // {"record": "cancelled"}
 */
export function memoryStore(): RunStore {
  const files = new Map<string, Blob>();
  let journal = "";
  let isLocked = false;
  return {
    async lock() {
      if (isLocked) throw runError("in_use", "the store is in use by another run of this process");
      isLocked = true;
      return async () => {
        isLocked = false;
      };
    },
    journal: async () => journal,
    append: async (line) => {
      journal += line;
    },
    write: async (name, content) => void files.set(name, await new Response(content).blob()),
    read: async (name) => files.get(name),
    blob: async (name) => files.get(name),
  };
}
