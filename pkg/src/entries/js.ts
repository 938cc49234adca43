// The entry without WebAssembly, for a strict Content-Security-Policy, edge runtimes and React Native: its loader has
// the twin.
export * from "./index.js";
