// What works on files for workerd (Cloudflare Workers): its loader is another.
export * from "./files.js";
