// Adds up the reports on different files of a reconciliation, to exactly the report on all of them.
import { maxCauses, maxListedIssues, wrongFileCodes } from "../../../generated/facts.js";
import { type RoleCode, roleNames } from "../../../generated/files-boundary.js";
import type { Cause, IssueList, ModelUsage, ReconciliationReport } from "../../../generated/files-types.js";
import { causeKey, mergeCauses, mergeUsage } from "../merge-reports.js";

/** The report on some of the files. */
export interface PartialReport {
  readonly report: ReconciliationReport;
  /** The part `Origins` of the answer. */
  readonly origins: Float64Array;
}

/** The sum of reports. */
export interface AddedReports {
  readonly report: ReconciliationReport;
  /** For each of the reports: the ids of its causes in the sum. */
  readonly causeIds: readonly ReadonlyMap<number, number>[];
}

const issueLists = ["malformed", "withoutCustomId", "duplicates", "conflicts", "unknownLines"] as const;

/**
 * Adds up reports on different files that have no `custom_id` in common, in the order of the files. Returns `undefined`
 * if only a reconciliation of all files shows the result.
 */
export function addUp(parts: readonly PartialReport[]): AddedReports | undefined {
  if (!parts.every(isSeparable)) return undefined;
  const reports = parts.map(({ report }) => report);
  const causes = addCauses(parts);
  const usage = addUsage(parts);
  if (causes === undefined || usage === undefined) return undefined;
  const merged = {
    ...reports[0]!,
    complete: reports.every(({ complete }) => complete),
    ...addNumbers(reports),
    causes,
    usage,
    ...Object.fromEntries(issueLists.map((name) => [name, addIssues(reports.map((report) => report[name]))])),
    countIssues: reports.flatMap(({ countIssues }) => countIssues),
  } as ReconciliationReport;
  const ids = new Map(causes.map((cause) => [causeKey(cause), cause.id]));
  return {
    report: merged,
    causeIds: reports.map((report) => new Map(report.causes.map((cause) => [cause.id, ids.get(causeKey(cause))!]))),
  };
}

/** Adds up each property that is a number. */
function addNumbers(reports: readonly ReconciliationReport[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const report of reports)
    for (const [name, value] of Object.entries(report))
      if (typeof value === "number") sums[name] = (sums[name] ?? 0) + value;
  return sums;
}

/** Whether nothing in a report depends on the other files. */
function isSeparable({ report, origins }: PartialReport): boolean {
  const { requests, unknown, malformed, causes } = report;
  const [, , usageInErrorFiles, ...roles] = origins;
  return (
    // If a file has no request, its report does not show whether all its lines were read.
    requests > 0 &&
    // A result without a request is listed where its custom_id appears first, in whatever file.
    unknown === 0 &&
    // Files of another kind are not counted as files.
    malformed.count === malformed.lines.length &&
    !malformed.lines.some(({ code }) => wrongFileCodes.includes(code)) &&
    usageInErrorFiles === 0 &&
    // Causes that no request has in the end take ids, too.
    roles.length === causes.length
  );
}

/**
 * Adds up causes. Their ids are in the order in which they appear: all output files are read before the first error
 * file.
 */
function addCauses(parts: readonly PartialReport[]): readonly Cause[] | undefined {
  const roleOf = ({ origins }: PartialReport, { id }: Cause): RoleCode => origins[2 + id]!;
  const roles = new Map<string, RoleCode>();
  for (const part of parts)
    for (const cause of part.report.causes) {
      const key = causeKey(cause);
      if ((roles.get(key) ?? roleOf(part, cause)) !== roleOf(part, cause)) return undefined;
      roles.set(key, roleOf(part, cause));
    }
  if (roles.size >= maxCauses) return undefined;
  const inOrder = roleNames.flatMap((_, role) =>
    parts.map((part) => ({ causes: part.report.causes.filter((cause) => roleOf(part, cause) === role) })),
  );
  return mergeCauses(inOrder);
}

/** Adds up the tokens of each model. The number of names is limited, and each model has the same kinds of tokens. */
function addUsage(parts: readonly PartialReport[]): readonly ModelUsage[] | undefined {
  const [maxModels = 0, maxDetails = 0] = parts[0]!.origins;
  const kinds = new Map<string | undefined, string>();
  for (const { report } of parts)
    for (const { details, ...tokens } of report.usage) {
      const names = Object.keys(tokens).join();
      if ((kinds.get(tokens.model) ?? names) !== names) return undefined;
      kinds.set(tokens.model, names);
    }
  const merged = mergeUsage(parts.map(({ report }) => report));
  const isExact = ({ details = [], ...tokens }: ModelUsage): boolean =>
    details.length <= maxDetails &&
    [...Object.values(tokens), ...details.map(({ count }) => count)].every(
      (value) => typeof value !== "number" || Number.isSafeInteger(value),
    );
  return merged.length <= maxModels && merged.every(isExact) ? merged : undefined;
}

/** Adds up issues. They are listed in the order in which the files are read: by their roles, then by their indexes. */
function addIssues(lists: readonly IssueList[]): IssueList {
  const roleOf = new Map(roleNames.map((name, role) => [name, role]));
  const lines = lists.flatMap((list) => list.lines);
  lines.sort((a, b) => roleOf.get(a.file)! - roleOf.get(b.file)! || a.index - b.index);
  return { count: lists.reduce((sum, { count }) => sum + count, 0), lines: lines.slice(0, maxListedIssues) };
}
