// The memory of the modules behind the entries: a number of bytes that is the same in every run, unlike what the
// process uses. Import this before any entry has been used: it sees the memories that are made from then on.
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const runGc = runInNewContext("gc");

/** All memories, in the order in which they were made. */
const memories = [];

// WebAssembly: an instance exports its memory. Only modules of the package export `abi`.
WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(Instance, given) {
    const instance = Reflect.construct(Instance, given);
    const { abi, memory } = instance.exports;
    if (abi) memories.push(new WeakRef(memory));
    return instance;
  },
});

// Without WebAssembly: the memory is an ArrayBuffer of whole pages, and a new one when it has to grow.
globalThis.ArrayBuffer = new Proxy(ArrayBuffer, {
  construct(Buffer, given) {
    const [length] = given;
    const buffer = Reflect.construct(Buffer, given);
    if (length > 0 && length % 65_536 === 0) memories.push(new WeakRef(buffer));
    return buffer;
  },
});

/** Waits until what nobody refers to any more is gone. */
export async function collectGarbage() {
  // What a WeakRef has given out is kept until the end of the turn.
  await turn();
  runGc();
}

/** How many bytes the memory has that was made last: the one in use, if one entry alone has been asked. */
export function memoryBytes() {
  const memory = memories.at(-1).deref();
  return (memory.buffer ?? memory).byteLength;
}

/** How many memories there have been. */
export const memoriesMade = () => memories.length;

/**
 * How many of them are still there. What the engine has not let go of yet, such as a value in a register, is waited
 * for: garbage is collected until no more than `bound` are left, or it is of no use any more.
 */
export async function memoriesKept(bound) {
  let left = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20 && left > bound; round++) {
    await collectGarbage();
    left = memories.filter((memory) => memory.deref()).length;
  }
  return left;
}
