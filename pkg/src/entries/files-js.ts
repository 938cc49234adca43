// batchlight/files without WebAssembly, for batchlight/js. It is built with the module translated to JavaScript.
export * from "./files.js";
export { load } from "#load-files";
