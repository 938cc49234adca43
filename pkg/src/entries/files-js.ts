// What works on files for the wasm-free entry: its loader is another.
export * from "./files.js";
export { load } from "#load-files";
