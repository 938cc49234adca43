// The fast path: plain objects are validated by generated JavaScript in well under a microsecond. Every other value,
// and every value with more to report than empty fields, is left to the module.
import { checkRules, undecided as rulesUndecided } from "../../generated/fast-rules.js";
import {
  hasErrors,
  isPlainObject,
  type PlainObject,
  valid,
  verdictOf,
  withoutEmpty,
} from "../../generated/fast-validator.js";
import type { BatchIssue } from "../../generated/types.js";
import { normalize } from "./normalize.js";
import type { ParsedBatch, ParseResult } from "./types.js";

/** The batch that a plain object holds; undefined if the module has to decide. */
export function parseFast(value: unknown): ParsedBatch | undefined {
  if (verdictOf(value) !== valid) return undefined;
  try {
    if (!isPlainObject(value)) return undefined;
    // The entries of the list of errors may have empty fields, too.
    return hasErrors(value) ? normalize(value, []) : normalizePlain(value);
  } catch {
    // A getter threw: the module reports it.
    return undefined;
  }
}

/** The batch that a valid plain object without errors holds. */
const normalizePlain = (value: PlainObject): ParsedBatch =>
  (withoutEmpty(value) as unknown as ParsedBatch | undefined) ?? normalize(value, []);

/** The number of issues that are cached. Servers leave the same few fields empty. */
const maxCachedIssues = 64;

/** The note about empty fields, by the bit set of the fields that are empty. */
const cachedIssues = new Map<number, BatchIssue>();

/**
 * The batch and the issues of a plain object that has no issue but empty fields; undefined if the module has to decide.
 *
 * @param report makes the module's report; called if the note about these fields is not cached
 */
export function safeParseFast(
  value: unknown,
  profile: number,
  report: () => readonly BatchIssue[],
): ParseResult | undefined {
  const emptyFields = checkRulesSafely(value, profile);
  if (emptyFields === rulesUndecided) return undefined;
  if (emptyFields === 0) return { success: true, data: value as ParsedBatch, issues: [] };
  let issue = cachedIssues.get(emptyFields);
  if (issue === undefined) {
    [issue] = report();
    if (cachedIssues.size >= maxCachedIssues) cachedIssues.clear();
    cachedIssues.set(emptyFields, issue!);
  }
  const data = normalizePlain(value as PlainObject);
  return { success: true, data, issues: [{ ...issue!, path: issue!.path.slice() }] };
}

function checkRulesSafely(value: unknown, profile: number): number {
  try {
    return checkRules(value, profile);
  } catch {
    return rulesUndecided;
  }
}
