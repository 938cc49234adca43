// The functions for files. Operations run on this thread; batchlight/worker has the same functions in workers.
import { localRunner } from "./engine/operation-runner.js";
import { checkInputOn } from "./operations/check.js";
import { digestResultsOn } from "./operations/digest.js";
import { fixInputOn } from "./operations/fix.js";
import { runStepsOn } from "./operations/run-steps.js";
import { splitInputOn } from "./operations/split.js";
import { reconcileOn } from "./reconciliation/reconcile.js";

export const checkInput = /* @__PURE__ */ checkInputOn(localRunner);
export const fixInput = /* @__PURE__ */ fixInputOn(localRunner);
export const splitInput = /* @__PURE__ */ splitInputOn(localRunner);
export const digestResults = /* @__PURE__ */ digestResultsOn(localRunner);
export const reconcile = /* @__PURE__ */ reconcileOn(localRunner);
/** For the command, which also runs operations in threads. It is not declared for users. */
export { localRunner };
/** For batchlight/run. It is not declared for users, because its numbers are internal. */
export const runSteps = /* @__PURE__ */ runStepsOn(localRunner);
export { isBatchlightFileError } from "./io/file-error.js";
export { isBatchlightLoadError } from "../runtime/load/load-error.js";
