// The loader of the default entry: the module is embedded as a string. Where it cannot be compiled, because the engine
// has no SIMD (Safari before 16.4) or a policy forbids it, the wasm-free build does the same several times slower. It
// is a file of its own, which is loaded only then.
import * as embedded from "../../../../generated/files-embedded.js";
import { bytesOf } from "../../../runtime/load/embedded.js";
import { type InstantiateFiles, instantiatorOf } from "./module.js";

export async function load(): Promise<InstantiateFiles> {
  try {
    return instantiatorOf(await WebAssembly.compile(bytesOf(embedded)));
  } catch (error) {
    // Out of memory: the wasm-free build would need even more.
    if (error instanceof RangeError) throw error;
    return (await import("#files-wasm-free")).load();
  }
}
