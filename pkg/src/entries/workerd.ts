// batchlight for workerd (Cloudflare Workers), which cannot compile code at run time. It is built with a loader that
// imports core.wasm.
export * from "./index.js";
