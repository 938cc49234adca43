// The functions for files, each operation in a worker of its own; on this thread where no worker can be started.
import { checkInputOn } from "../files/operations/check.js";
import { digestResultsOn } from "../files/operations/digest.js";
import { fixInputOn } from "../files/operations/fix.js";
import type * as Files from "../files/signatures.js";
import * as here from "../files/lazy.js";
import { reconcileOn } from "../files/reconciliation/reconcile.js";
import { splitInputOn } from "../files/operations/split.js";
import { canStart, elsewhere } from "./worker-runner.js";

const there = {
  checkInput: /* @__PURE__ */ checkInputOn(elsewhere),
  fixInput: /* @__PURE__ */ fixInputOn(elsewhere),
  splitInput: /* @__PURE__ */ splitInputOn(elsewhere),
  digestResults: /* @__PURE__ */ digestResultsOn(elsewhere),
  reconcile: /* @__PURE__ */ reconcileOn(elsewhere),
};

const place = (): Omit<typeof Files, "joinResults" | "mergeResults" | "writeRetry"> => (canStart() ? there : here);

export const checkInput: typeof Files.checkInput = (...given) => place().checkInput(...given);
export const fixInput: typeof Files.fixInput = (...given) => place().fixInput(...given);
export const splitInput: typeof Files.splitInput = (...given) => place().splitInput(...given);
export const digestResults: typeof Files.digestResults = (...given) => place().digestResults(...given);
export const reconcile: typeof Files.reconcile = (...given) => place().reconcile(...given);
// These only copy bytes from where they are to where they are wanted: a worker would copy them once more.
export { joinResults, mergeResults, writeRetry } from "../files/reconciliation/reconciliation-handle.js";
export { isBatchlightFileError } from "../files/io/file-error.js";
