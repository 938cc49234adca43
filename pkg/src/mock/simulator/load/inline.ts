// The default loader. The module is embedded as a string and compiled by the first call.
import * as embedded from "../../../../generated/mock-embedded.js";
import { bytesOf } from "../../../runtime/load/embedded.js";
import { loadError } from "../../../runtime/load/load-error.js";
import type { InstantiateMock, MockExports } from "./module.js";

export function load(): InstantiateMock {
  try {
    const module = new WebAssembly.Module(bytesOf(embedded));
    return (imports) => new WebAssembly.Instance(module, imports).exports as unknown as MockExports;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw loadError(
      "wasm_blocked",
      "WebAssembly is not allowed here: under a Content-Security-Policy add 'wasm-unsafe-eval' to script-src",
      error,
    );
  }
}
