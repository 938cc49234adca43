// The module's report on any value.
import * as glue from "#glue";
import type { Report } from "../../generated/answers.js";
import { callWasm, parseAnswer, wasmExports } from "../runtime/wasm-instance.js";
import { writeDraft } from "./draft-writer.js";

/** All issues of a value, and the fixes that make it a batch of the published interface. */
export function reportOn(value: unknown, profile: number): Report {
  wasmExports();
  const { units, bytes } = writeDraft(value, 0);
  return parseAnswer(callWasm(() => glue.report(profile, units, bytes)));
}
