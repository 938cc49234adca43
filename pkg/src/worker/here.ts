// batchlight/worker for `require`: no such file can start a module worker, so the work is done on the thread.
export * from "../files/lazy.js";
