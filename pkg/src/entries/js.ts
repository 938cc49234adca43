// batchlight/js: without WebAssembly, for pages with a strict Content-Security-Policy, edge runtimes and React Native.
// It is built with the module translated to JavaScript.
export * from "./index.js";
