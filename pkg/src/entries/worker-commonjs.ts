// The entry for files off the main thread, for `require`: no CommonJS file can start a module worker.
export * from "../worker/here.js";
