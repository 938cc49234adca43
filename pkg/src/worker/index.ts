// The functions for files, each operation in a worker of its own; on this thread where no worker can be started.
import type * as Files from "../files/signatures.js";
import * as fallback from "../files/lazy.js";
import { fixInputOf } from "../files/lazy.js";
import { checkInputOn } from "../files/operations/check.js";
import { digestResultsOn } from "../files/operations/digest.js";
import { fixInputOn } from "../files/operations/fix.js";
import { splitInputOn } from "../files/operations/split.js";
import { reconcileOn } from "../files/reconciliation/reconcile.js";
import { canStartWorkers, workerRunner } from "./worker-runner.js";

const inWorkers = {
  checkInput: /* @__PURE__ */ checkInputOn(workerRunner),
  fixInput: /* @__PURE__ */ fixInputOn(workerRunner),
  splitInput: /* @__PURE__ */ splitInputOn(workerRunner),
  digestResults: /* @__PURE__ */ digestResultsOn(workerRunner),
  reconcile: /* @__PURE__ */ reconcileOn(workerRunner),
};

const functions = async (): Promise<typeof Files> => ((await canStartWorkers()) ? inWorkers : fallback);

export const checkInput: typeof Files.checkInput = async (...given) => (await functions()).checkInput(...given);
export const fixInput: typeof Files.fixInput = (...given) => fixInputOf(functions(), ...given);
export const splitInput: typeof Files.splitInput = async (...given) => (await functions()).splitInput(...given);
export const digestResults: typeof Files.digestResults = async (...given) =>
  (await functions()).digestResults(...given);
export const reconcile: typeof Files.reconcile = async (...given) => (await functions()).reconcile(...given);
export { isBatchlightFileError } from "../files/io/file-error.js";
export { isBatchlightLoadError } from "../runtime/load/load-error.js";
