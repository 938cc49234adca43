// The loader without WebAssembly, for edge runtimes: the same module, turned into JavaScript by wasm2js.
import { instantiate } from "../../../generated/mock-twin.js";
import type { InstantiateMock, MockExports } from "./module.js";

export const load = (): InstantiateMock => (imports) => instantiate(imports) as MockExports;
