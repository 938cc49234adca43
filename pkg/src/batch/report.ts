// The module's report on any value.
import { readReport } from "../../generated/answer-readers.js";
import type { Report } from "../../generated/answers.js";
import { callForAnswer, wasmExports } from "../runtime/wasm-instance.js";
import { writeDraft } from "./draft-writer.js";

/** All issues of a value, and the fixes that make it a batch of the published interface. */
export function reportOn(value: unknown, profile: number): Report {
  wasmExports();
  const { units, bytes } = writeDraft(value, 0);
  return callForAnswer(readReport, (exports) => exports.report(profile, units, bytes));
}
