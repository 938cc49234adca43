// The loader of the workerd entry (Cloudflare Workers): code may not be compiled there at run time, but a .wasm file
// may be imported as a module that is compiled already.
import module from "#mock.wasm";
import type { InstantiateMock, MockExports } from "./module.js";

export const load = (): InstantiateMock => (imports) =>
  new WebAssembly.Instance(module, imports).exports as unknown as MockExports;
