// batchlight/files for batchlight/slim, whose caller provides files.wasm.
export * from "./files.js";
export { initFiles } from "../files/engine/init-slim.js";
