// The loader in a worker. It does not fall back to the wasm-free build, which would be a second file; the runner starts
// workers only where WebAssembly has SIMD.
import * as embedded from "../../../../generated/files-embedded.js";
import { bytesOf } from "../../../runtime/load/embedded.js";
import { loadError } from "../../../runtime/load/load-error.js";
import { type InstantiateFiles, instantiatorOf } from "./module.js";

export async function load(): Promise<InstantiateFiles> {
  try {
    return instantiatorOf(await WebAssembly.compile(bytesOf(embedded)));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw loadError(
      "wasm_blocked",
      "the worker must not compile WebAssembly; serve files-worker.js with a Content-Security-Policy whose " +
        "script-src has 'wasm-unsafe-eval', or import \"batchlight/js\", which needs no WebAssembly",
      error,
    );
  }
}
