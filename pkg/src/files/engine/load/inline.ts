// The loader of the default entry: the module is in the file, as text. Where it cannot be compiled, because there is no
// SIMD (Safari before 16.4) or a policy forbids it, its wasm-free twin does the same work, several times slower: a file
// of its own, else not loaded.
import * as embedded from "../../../../generated/files-embedded.js";
import { bytesOf } from "../../../runtime/load/embedded.js";
import { type InstantiateFiles, instantiatorOf } from "./module.js";

export async function load(): Promise<InstantiateFiles> {
  try {
    return instantiatorOf(await WebAssembly.compile(bytesOf(embedded)));
  } catch (error) {
    // A shortage of memory is not about the module: the twin would need more.
    if (error instanceof RangeError) throw error;
    return (await import("#files-twin")).load();
  }
}
