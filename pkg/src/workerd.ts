// The entry for workerd (Cloudflare Workers), which compiles no code at run time: core.wasm is imported there.
export * from "./api.js";
export { init } from "./core.js";
