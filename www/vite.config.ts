// The board is a static page: one script, one stylesheet, nothing fetched while it runs.
import { defineConfig, type Plugin } from "vite";

/**
 * What the built page may do. The package compiles its WebAssembly from its own script, hence 'wasm-unsafe-eval'; nothing is ever
 * fetched or sent, hence no connect-src.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Only in the built page: the development server needs inline styles and a socket. */
const contentSecurityPolicy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: {
    order: "pre",
    handler: () => [{ tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy }, injectTo: "head-prepend" }],
  },
};

export default defineConfig({
  // Relative, so that the built page works wherever it is put.
  base: "./",
  plugins: [contentSecurityPolicy],
  build: { target: "es2022", modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1024 },
});
