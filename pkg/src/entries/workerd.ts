// The entry for workerd (Cloudflare Workers), which compiles no code at run time: its loader imports core.wasm.
export * from "./index.js";
