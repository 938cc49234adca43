// batchlight/worker: the functions for files, each operation in a worker of its own. For browsers and Deno.
export * from "../worker/index.js";
