// batchlight/files without WebAssembly, for batchlight/js. Also the fallback of batchlight/files, which loads the module
// from it.
export * from "./files.js";
export { load } from "#load-files";
