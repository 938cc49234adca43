// batchlight/worker for `require`. A CommonJS file cannot start a module worker, so operations run on the same thread.
export * from "../worker/here.js";
