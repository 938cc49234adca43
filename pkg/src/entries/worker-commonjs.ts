// batchlight/worker for `require`. A CommonJS file cannot start a module worker, so operations run on the same thread.
export { checkInput, digestResults, fixInput, isBatchlightFileError, reconcile, splitInput } from "../files/lazy.js";
export { isBatchlightLoadError } from "../runtime/load/load-error.js";
