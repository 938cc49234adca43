// batchlight/files for workerd (Cloudflare Workers). It is built with a loader that imports files.wasm.
export * from "./files.js";
