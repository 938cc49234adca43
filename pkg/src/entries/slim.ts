// batchlight/slim: without the module, for programs that serve, cache or compile batchlight/core.wasm themselves.
// Its own `init` replaces the one of the index.
export * from "./index.js";
export { initFiles } from "../files/lazy.js";
export { init, initSync } from "../runtime/init-slim.js";
export type { ModuleBytes, ModuleSource } from "../runtime/load/provided.js";
