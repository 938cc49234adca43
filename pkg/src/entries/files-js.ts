// batchlight/files without WebAssembly, for batchlight/js. It also contains the module that batchlight/files falls back
// to.
export * from "./files.js";
export { load } from "#load-files";
