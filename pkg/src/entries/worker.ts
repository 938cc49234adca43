// The entry for files off the main thread: the same functions, each operation in a worker of its own.
export * from "../worker/functions.js";
