// batchlight/files: the functions for files, with their own module embedded. The other entries load this file when one
// of these functions is first called, so that programs that only look at batches do not load it.
export * from "../files/index.js";
