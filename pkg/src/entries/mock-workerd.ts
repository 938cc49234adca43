// batchlight/mock for workerd (Cloudflare Workers). It is built with a loader that imports mock.wasm.
export * from "./mock.js";
