// The memories of the module instances. Unlike the memory of the process, their size is the same in every run. Import
// this file before an entry is used: it observes the memories that are created from then on.
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const runGc = runInNewContext("gc");

/** All memories, oldest first. */
const memories = [];

// With WebAssembly, an instance exports its memory. Only modules of this package export `abi_hash`.
WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(Instance, args) {
    const instance = Reflect.construct(Instance, args);
    const { abi_hash: abiHash, memory } = instance.exports;
    if (abiHash) memories.push(new WeakRef(memory));
    return instance;
  },
});

// Without WebAssembly, the memory is an ArrayBuffer of whole pages, and another one after it has grown.
globalThis.ArrayBuffer = new Proxy(ArrayBuffer, {
  construct(Buffer, args) {
    const [length] = args;
    const buffer = Reflect.construct(Buffer, args);
    if (length > 0 && length % 65_536 === 0) memories.push(new WeakRef(buffer));
    return buffer;
  },
});

/** Waits until unreferenced objects have been collected. */
export async function collectGarbage() {
  // The target of a WeakRef that was read is kept until the end of the turn.
  await turn();
  runGc();
}

/** The size of the newest memory in bytes: the one in use, if only one entry was called. */
export function memoryBytes() {
  const memory = memories.at(-1).deref();
  return (memory.buffer ?? memory).byteLength;
}

/** The number of memories that were created. */
export const memoriesMade = () => memories.length;

/**
 * The number of memories that still exist. Garbage is collected until no more than `bound` are left or collecting has
 * no effect: the engine may keep an object for a while, such as one in a register.
 */
export async function memoriesKept(bound) {
  let left = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20 && left > bound; round++) {
    await collectGarbage();
    left = memories.filter((memory) => memory.deref()).length;
  }
  return left;
}
