// The entry for files, whatever is known of them: check, fix and split input files, read results, hold them against
// their input. Operations run on this thread; batchlight/worker has the same functions off it.
import { checkInputOn } from "./check.js";
import { digestResultsOn } from "./digest.js";
import { fixInputOn } from "./fix.js";
import { reconcileOn } from "./reconcile.js";
import { here } from "./run.js";
import { splitInputOn } from "./split.js";

export const checkInput = /* @__PURE__ */ checkInputOn(here);
export const fixInput = /* @__PURE__ */ fixInputOn(here);
export const splitInput = /* @__PURE__ */ splitInputOn(here);
export const digestResults = /* @__PURE__ */ digestResultsOn(here);
export const reconcile = /* @__PURE__ */ reconcileOn(here);
export { joinResults, mergeResults, writeRetry } from "./kept.js";
export { isBatchlightFileError } from "./problem.js";
