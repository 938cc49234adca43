// Is it a batch?
import { hollow, readQuickly } from "../generated/reader.js";
import type { Report } from "../generated/answers.js";
import type { Batch } from "../generated/types.js";
import { batchFrom } from "./clean.js";
import { core, guarded } from "./core.js";
import { validationError } from "./errors.js";
import { given, profileOf } from "./given.js";
import { draft, uses } from "./memory.js";
import { readFully } from "./read.js";
import type { ParsedBatch, ParseResult, ReadOptions } from "./types.js";

// What the module's verdict says of a value it can use as it is; anything else is an error or takes mending.
const usable = 0;

/**
 * Checks a value and gives the batch, ready to be used as the published interface says: optional members that were null or empty text
 * are gone, what the profile reads through is put right, members the interface does not know are kept. The value is never changed;
 * where there is nothing to change, it is given back itself.
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
  const quick = parseQuickly(value, profile);
  if (quick !== undefined) return quick;
  const result = parseThoroughly(value, profile);
  if (!result.ok) throw validationError(result.issues);
  return result.batch;
}

/**
 * Checks a value and answers with the batch, or with every problem it has.
 *
 * @param value a batch from any source: the official client's object, the wire's, or its JSON as text or bytes
 * @example
 * import { safeParseBatch } from "batchlight";
 * const result = safeParseBatch({ id: 7 });
 * if (!result.ok) console.log(result.issues.length > 5, result.issues[0].path); // true ["status"]
 */
export function safeParseBatch(value: unknown, options?: ReadOptions): ParseResult {
  return parseThoroughly(value, profileOf(options));
}

/**
 * Whether a value is usable as a `Batch` as it is: nothing is wrong that would make the published interface untrue, but for nulls
 * where it says absent. Text is no batch, whatever it holds.
 *
 * @example
 * import { isBatch } from "batchlight";
 * console.log(isBatch({ object: "batch" })); // false
 */
export function isBatch(value: unknown, options?: ReadOptions): value is Batch {
  const profile = profileOf(options);
  if (typeof value !== "object" || value === null) return false;
  if (readSafely(value)) return verdict(profile) === usable;
  const { units, bytes } = readFully(value, 0);
  return guarded((core) => core.verdict(profile, units, bytes)) === usable;
}

/** Reads a plain object by the generated reader; false for any other. */
function readSafely(value: object): boolean {
  const into = draft(0);
  const use = uses;
  try {
    // A getter that calls the package has overwritten what was read before it.
    return readQuickly(value as Record<string, unknown>, into) && use === uses;
  } catch {
    return false;
  }
}

/** The module's verdict on what was just read. A number in, a number out: nothing there can throw but a trap. */
const verdict = (profile: number): number => guarded((_, raw) => raw.verdict(profile, 0, 0));

function parseQuickly(value: unknown, profile: number): ParsedBatch | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!readSafely(value)) return undefined;
  const empty = hollow;
  if (verdict(profile) !== usable) return undefined;
  return empty ? batchFrom(value, []) : (value as ParsedBatch);
}

function parseThoroughly(source: unknown, profile: number): ParseResult {
  const taken = given(source);
  if ("issue" in taken) return { ok: false, issues: [taken.issue] };
  const { value } = taken;
  const { issues, mends, valid } = reportOn(value, profile);
  return valid ? { ok: true, batch: batchFrom(value as object, mends), issues } : { ok: false, issues };
}

/** The core's report on a value, whatever it is. */
export function reportOn(value: unknown, profile: number): Report {
  core();
  const { units, bytes } = readFully(value, 0);
  return guarded((core) => core.report(profile, units, bytes));
}
