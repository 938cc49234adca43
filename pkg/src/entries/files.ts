// batchlight/files: the functions for files, with their module embedded. The other entries load this file on the first
// call of one of them, so that programs that only read batches do not load it.
export * from "../files/index.js";
