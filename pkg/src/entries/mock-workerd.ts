// The mock for workerd (Cloudflare Workers): its loader is another.
export * from "./mock.js";
