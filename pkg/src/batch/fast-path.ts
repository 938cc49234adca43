// All rules on a plain object in well under a microsecond, where there is nothing to report but members without a
// value.
import { withoutHollow } from "../../generated/fast-validator.js";
import { odd, readQuickly } from "../../generated/fast-rules.js";
import type { BatchIssue } from "../../generated/types.js";
import type { ParsedBatch, ParseResult } from "./types.js";

/** No more reports are kept: servers leave the same few members empty. */
const mostReports = 64;

/** The one issue of a batch by which of its members are without a value, as the core put it. */
const reports = new Map<number, BatchIssue>();

/**
 * The result for a plain object of which there is nothing to report, or nothing but members without a value.
 *
 * @param report makes the core's report on it, where none is kept
 * @returns nothing, if that takes the general reader
 */
export function parseQuickly(
  value: unknown,
  profile: number,
  report: () => readonly BatchIssue[],
): ParseResult | undefined {
  const hollow = readSafely(value, profile);
  if (hollow === odd) return undefined;
  if (hollow === 0) return { success: true, data: value as ParsedBatch, issues: [] };
  let issue = reports.get(hollow);
  if (issue === undefined) {
    [issue] = report();
    if (reports.size >= mostReports) reports.clear();
    reports.set(hollow, issue!);
  }
  const batch = withoutHollow(value as Record<string, unknown>) as unknown as ParsedBatch;
  return { success: true, data: batch, issues: [{ ...issue!, path: issue!.path.slice() }] };
}

function readSafely(value: unknown, profile: number): number {
  try {
    return readQuickly(value, profile);
  } catch {
    // A getter threw: what it hides, the general reader names.
    return odd;
  }
}
