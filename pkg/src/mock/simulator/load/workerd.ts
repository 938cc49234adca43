// The loader for workerd (Cloudflare Workers), which imports precompiled modules and does not compile code at run time.
import module from "#mock.wasm";
import type { InstantiateMock, MockExports } from "./module.js";

export const load = (): InstantiateMock => (imports) =>
  new WebAssembly.Instance(module, imports).exports as unknown as MockExports;
