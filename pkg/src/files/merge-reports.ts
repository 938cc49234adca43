// Adds up reports of different files, such as those of the shards of a run.
import { maxCauseExamples, maxCauses, otherMessages } from "../../generated/facts.js";
import type { Cause, CodeCount, IssueList, ModelUsage, StatusCount, UsageDetail } from "../../generated/files-types.js";

/** The numbers of a report that add up. A report of results has `lines`, one of requests the others. */
export const totalNames = [
  "lines",
  "requests",
  "succeeded",
  "incomplete",
  "failed",
  "missing",
  "duplicate",
  "conflicting",
] as const;

/** What can be added up of a report on results: a report of `digestResults`, `reconcile` or `runBatch`. */
export interface Report extends Partial<Readonly<Record<(typeof totalNames)[number], number>>> {
  readonly succeeded: number;
  readonly incomplete: number;
  readonly failed: number;
  /** Whether nothing is left to do. */
  readonly complete?: boolean | undefined;
  readonly statusCodes?: readonly StatusCount[] | undefined;
  readonly errorCodes?: readonly CodeCount[] | undefined;
  readonly causes: readonly Cause[];
  readonly usage: readonly ModelUsage[];
  readonly malformed?: IssueList | undefined;
  readonly withoutCustomId?: IssueList | undefined;
}

/**
 * Adds up reports. Of the optional properties, the sum has those that all reports have. It equals the report on all
 * files together, as long as that has no more than 250 causes and 256 models, except for three things: a `custom_id` in
 * several reports is not counted as a duplicate, rows with equal counts may be in another order, and the lines of
 * issues are omitted, because they are lines in the files of one report.
 */
export function mergeReports(reports: readonly Report[]): Report {
  const sumOfAll = (pick: (report: Report) => number | undefined): number | undefined => {
    const numbers = reports.map(pick);
    return numbers.includes(undefined) ? undefined : numbers.reduce<number>((sum, each) => sum + each!, 0);
  };
  const listsOfAll = <T>(pick: (report: Report) => readonly T[] | undefined): readonly T[] | undefined =>
    reports.some((report) => pick(report) === undefined) ? undefined : reports.flatMap((report) => pick(report)!);
  const issues = (pick: (report: Report) => IssueList | undefined): IssueList | undefined => {
    const count = sumOfAll((report) => pick(report)?.count);
    return count === undefined ? undefined : { count, lines: [] };
  };
  const statusCodes = listsOfAll((report) => report.statusCodes);
  const errorCodes = listsOfAll((report) => report.errorCodes);
  const merged: Report = {
    ...(reports.every(({ complete }) => complete !== undefined) && {
      complete: reports.every(({ complete }) => complete),
    }),
    ...(Object.fromEntries(totalNames.map((name) => [name, sumOfAll((report) => report[name])])) as Pick<
      Report,
      (typeof totalNames)[number]
    >),
    statusCodes: statusCodes && mostFrequentFirst(addCounts(statusCodes, ({ statusCode }) => statusCode)),
    errorCodes: errorCodes && mostFrequentFirst(addCounts(errorCodes, ({ code }) => code)),
    causes: mergeCauses(reports),
    usage: mergeUsage(reports),
    malformed: issues(({ malformed }) => malformed),
    withoutCustomId: issues(({ withoutCustomId }) => withoutCustomId),
  };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as unknown as Report;
}

interface Counted {
  readonly count: number;
}

const mostFrequentFirst = <T extends Counted>(rows: T[]): readonly T[] => rows.sort((a, b) => b.count - a.count);

/** Adds up rows with the same key, in the order in which the keys appear. */
function addUp<T>(rows: readonly T[], keyOf: (row: T) => unknown, add: (same: T, row: T) => T): T[] {
  const added = new Map<unknown, T>();
  for (const row of rows) {
    const key = keyOf(row);
    const same = added.get(key);
    added.set(key, same ? add(same, row) : row);
  }
  return [...added.values()];
}

const addCounts = <T extends Counted>(rows: readonly T[], keyOf: (row: T) => unknown): T[] =>
  addUp(rows, keyOf, (same, row) => ({ ...same, count: same.count + row.count }));

/** What is the same for equal causes of different reports. */
export const causeKey = ({ verdict, statusCode, code, normalizedMessage }: Cause): string =>
  JSON.stringify([verdict, statusCode, code, normalizedMessage]);

/** Adds up equal causes. Their ids are in the order in which they appear, as in a report on all files. */
export function mergeCauses(reports: readonly Pick<Report, "causes">[]): readonly Cause[] {
  const added = new Map<string, Cause>();
  for (const { causes } of reports)
    for (const cause of [...causes].sort((a, b) => a.id - b.id)) {
      // As in a report on all files, causes beyond the limit are not distinguished by their messages.
      const counted =
        added.size >= maxCauses && !added.has(causeKey(cause))
          ? { ...cause, message: otherMessages, normalizedMessage: otherMessages }
          : cause;
      const key = causeKey(counted);
      const same = added.get(key);
      added.set(key, same ? addCause(same, counted) : counted);
    }
  return mostFrequentFirst([...added.values()].map((cause, index) => ({ ...cause, id: index + 1 })));
}

const addCause = (same: Cause, other: Cause): Cause => ({
  ...same,
  message: same.message === other.message ? same.message : same.normalizedMessage,
  count: same.count + other.count,
  examples: [...same.examples, ...other.examples].slice(0, maxCauseExamples),
});

/** Adds up the tokens of each model. */
export const mergeUsage = (reports: readonly Pick<Report, "usage">[]): readonly ModelUsage[] =>
  addUp(
    reports.flatMap(({ usage }) => usage),
    ({ model }) => model,
    addTokens,
  );

/** Adds all properties that are numbers, and the details by their names. */
function addTokens(a: ModelUsage, b: ModelUsage): ModelUsage {
  const sums = [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => {
    const [left, right] = [a, b].map((each) => (each as unknown as Readonly<Record<string, unknown>>)[name]);
    return [name, typeof (left ?? right) === "number" ? Number(left ?? 0) + Number(right ?? 0) : left];
  });
  const details: readonly UsageDetail[] = [...(a.details ?? []), ...(b.details ?? [])];
  return {
    ...(Object.fromEntries(sums) as ModelUsage),
    ...(details.length > 0 && { details: addCounts(details, ({ name }) => name) }),
  };
}
