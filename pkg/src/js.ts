// The entry without WebAssembly: for a strict Content-Security-Policy, edge runtimes and React Native.
export * from "./api.js";
export { init } from "./core.js";
