// The entry for files, whatever is known of them: check, fix and split input files, read results, hold them against
// their input. Operations run on this thread; batchlight/worker has the same functions off it.
import { checkInputOn } from "./operations/check.js";
import { digestResultsOn } from "./operations/digest.js";
import { fixInputOn } from "./operations/fix.js";
import { reconcileOn } from "./reconciliation/reconcile.js";
import { here } from "./engine/operation-runner.js";
import { splitInputOn } from "./operations/split.js";

export const checkInput = /* @__PURE__ */ checkInputOn(here);
export const fixInput = /* @__PURE__ */ fixInputOn(here);
export const splitInput = /* @__PURE__ */ splitInputOn(here);
export const digestResults = /* @__PURE__ */ digestResultsOn(here);
export const reconcile = /* @__PURE__ */ reconcileOn(here);
export { joinResults, mergeResults, writeRetry } from "./reconciliation/reconciliation-handle.js";
export { isBatchlightFileError } from "./io/file-error.js";
