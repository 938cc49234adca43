// Is it a batch?
import * as glue from "#glue";
import { deep, hollow, judge, no, unsure, whole, withoutHollow } from "../../generated/fast-validator.js";
import type { Report } from "../../generated/answers.js";
import type { Batch } from "../../generated/types.js";
import { batchFrom } from "./normalize.js";
import { answered, guarded, raw } from "../runtime/wasm-instance.js";
import { validationError } from "../runtime/errors.js";
import { given, profileOf } from "./input.js";
import { parseQuickly } from "./fast-path.js";
import { readFully } from "./draft-writer.js";
import type { ParsedBatch, ParseResult, ReadOptions } from "./types.js";

/**
 * Checks a value and gives the batch, ready to be used as the published interface says: optional members that were null
 * or empty text are gone, what the profile reads through is put right, members the interface does not know are kept.
 * The value is never changed; where there is nothing to change, it is given back itself.
 *
 * @param value a batch from any source: the official client's object, the wire's, or its JSON as text or bytes
 * @throws {BatchValidationError} when it is no batch; `issues` holds every problem
 *
 * @example
 * import { parseBatch } from "batchlight";
 * const batch = parseBatch({
 *   id: "batch_1", object: "batch", endpoint: "/v1/embeddings", input_file_id: "file-1", completion_window: "24h",
 *   status: "validating", created_at: 1736489775, output_file_id: null,
 * });
 * console.log("output_file_id" in batch); // false
 */
export function parseBatch(value: unknown, options?: ReadOptions): ParsedBatch {
  const profile = profileOf(options);
  const plain = parsePlainly(value);
  if (plain !== undefined) return plain;
  const taken = given(value);
  if ("issue" in taken) throw validationError([taken.issue]);
  // Text is no plain batch, but holds one as a rule.
  const held = taken.value === value ? undefined : parsePlainly(taken.value);
  if (held !== undefined) return held;
  const result = parseThoroughly(taken.value, profile);
  if (!result.success) throw validationError(result.issues);
  return result.data;
}

/**
 * Checks a value and answers with the batch, or with every problem it has.
 *
 * @param value a batch from any source: the official client's object, the wire's, or its JSON as text or bytes
 * @example
 * import { safeParseBatch } from "batchlight";
 * const result = safeParseBatch({ id: 7 });
 * if (!result.success) console.log(result.issues.length > 5, result.issues[0].path); // true ["status"]
 */
export function safeParseBatch(value: unknown, options?: ReadOptions): ParseResult {
  const profile = profileOf(options);
  const taken = given(value);
  if ("issue" in taken) return { success: false, issues: [taken.issue] };
  return (
    parseQuickly(taken.value, profile, () => reportOn(taken.value, profile).issues) ??
    parseThoroughly(taken.value, profile)
  );
}

/**
 * Whether a value is usable as a `Batch` as it is: nothing is wrong that would make the published interface untrue, but
 * for nulls where it says absent. Text is no batch, whatever it holds.
 *
 * @example
 * import { isBatch } from "batchlight";
 * console.log(isBatch({ object: "batch" })); // false
 */
export function isBatch(value: unknown, options?: ReadOptions): value is Batch {
  const profile = profileOf(options);
  const judged = judgedSafely(value);
  if (judged !== unsure) return judged !== no;
  const { valid, fixes } = reportOn(value, profile);
  return valid && fixes.length === 0;
}

/** What can be said of a value without the module; nothing of one that throws. */
function judgedSafely(value: unknown): number {
  try {
    return judge(value);
  } catch {
    return unsure;
  }
}

/** The batch of a value that is plainly one. */
export function parsePlainly(value: unknown): ParsedBatch | undefined {
  try {
    switch (judge(value)) {
      case whole:
        return value as ParsedBatch;
      case hollow:
        return withoutHollow(value as Record<string, unknown>) as unknown as ParsedBatch;
      case deep:
        return batchFrom(value as object, []);
    }
  } catch {
    // A getter threw: what it hides, the module names.
  }
  return undefined;
}

/**
 * The result by the core's report. Not by the quick reader first: who only wants the batch would load it for nothing.
 */
function parseThoroughly(value: unknown, profile: number): ParseResult {
  const { issues, fixes, valid } = reportOn(value, profile);
  return valid ? { success: true, data: batchFrom(value as object, fixes), issues } : { success: false, issues };
}

/** The core's report on a value, whatever it is. */
export function reportOn(value: unknown, profile: number): Report {
  raw();
  const { units, bytes } = readFully(value, 0);
  return answered(guarded(() => glue.report(profile, units, bytes)));
}
