// batchlight/worker where no module worker can be started, so that operations run on the same thread: in CommonJS, in
// React Native, which does not know `import.meta`, and in the edge runtime.
export { checkInput, digestResults, fixInput, isBatchlightFileError, reconcile, splitInput } from "../files/lazy.js";
export { isBatchlightLoadError } from "../runtime/load/load-error.js";
