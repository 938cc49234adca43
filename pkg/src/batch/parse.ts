// Validation: parseBatch, safeParseBatch and isBatch.
import { isExactBatch } from "../../generated/exact-validator.js";
import { undecided, valid, verdictOf } from "../../generated/fast-validator.js";
import { validationError } from "../runtime/errors.js";
import { parseFast, safeParseFast } from "./fast-path.js";
import { profileIndex, readInput } from "./input.js";
import { normalize } from "./normalize.js";
import { reportOn } from "./report.js";
import type { NullableBatch, ParsedBatch, ParseResult, ReadOptions } from "./types.js";

/**
 * Validates a value and returns the batch as the published interface describes it: optional fields that are null or
 * empty strings are removed, deviations that the profile tolerates are fixed, and unknown fields are kept. The value is
 * never changed; if there is nothing to change, it is returned itself.
 *
 * @param value a batch from any source: the official client's object, a parsed response, or JSON as a string or bytes
 * @throws {BatchValidationError} if the value is not a batch; its `issues` list every problem
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
  const profile = profileIndex(options);
  const fast = parseFast(value);
  if (fast !== undefined) return fast;
  const input = readInput(value);
  if ("issue" in input) throw validationError([input.issue]);
  // JSON usually holds a plain object.
  const parsed = input.value === value ? undefined : parseFast(input.value);
  if (parsed !== undefined) return parsed;
  const result = parseFully(input.value, profile);
  if (!result.success) throw validationError(result.issues);
  return result.data;
}

/**
 * Validates a value and returns the batch, or every problem of the value. Never throws for a value.
 *
 * @param value a batch from any source: the official client's object, a parsed response, or JSON as a string or bytes
 * @example
 * import { safeParseBatch } from "batchlight";
 * const result = safeParseBatch({ id: 7 });
 * if (!result.success) console.log(result.issues.length > 5, result.issues[0].path); // true ["status"]
 */
export function safeParseBatch(value: unknown, options?: ReadOptions): ParseResult {
  const profile = profileIndex(options);
  const input = readInput(value);
  if ("issue" in input) return { success: false, issues: [input.issue] };
  return (
    safeParseFast(input.value, profile, () => reportOn(input.value, profile).issues) ?? parseFully(input.value, profile)
  );
}

/**
 * Whether a value can be used as a batch without parsing: every required field is valid, and every optional field is
 * valid, null or absent. JSON as a string or bytes is not a batch.
 *
 * @example
 * import { isBatch } from "batchlight";
 * console.log(isBatch({ object: "batch" })); // false
 */
export function isBatch(value: unknown, options?: ReadOptions): value is NullableBatch {
  const profile = profileIndex(options);
  const verdict = verdictOf(value);
  return verdict === undecided ? isExactBatch(value, profile) : verdict === valid;
}

/**
 * Parses a value by the module's report. It does not try the fast path first, so that bundles with parseBatch alone do
 * not include the fast rules.
 */
function parseFully(value: unknown, profile: number): ParseResult {
  const { issues, fixes, valid } = reportOn(value, profile);
  return valid ? { success: true, data: normalize(value as object, fixes), issues } : { success: false, issues };
}
