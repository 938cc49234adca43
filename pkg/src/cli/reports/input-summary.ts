// The summary of a checked input file.
import type { InputReport } from "../api.js";
import { type Level, levelColors, countCells } from "./issue.js";
import type { Paint } from "../terminal/colors.js";
import { type Cell, table } from "../terminal/table.js";
import { formatBytes, formatEstimate, formatNumber, pluralize, pluralizeEstimate } from "../../common/format.js";

/** The lines of a report below its issues. */
export function summaryLines(file: string, report: InputReport, paint: Paint): string[] {
  const codes = table(codeRows(report, paint));
  return [
    `${paint(file, "bold")}: ${totals(report, paint)}`,
    ...codes,
    ...(codes.length > 0 ? [""] : []),
    ...table(factRows(report)),
    ...fixableLines(report),
  ];
}

function totals(report: InputReport, paint: Paint): string {
  const parts = levelTotals(report, (text, level) => paint(text, "bold", levelColors[level]));
  return parts.length === 0 ? paint("no problems found", "bold", "green") : parts.join(", ");
}

/** The number of issues of each level that has any, in words. */
export function levelTotals(
  { counts }: InputReport,
  paint: (text: string, level: Level) => string = (text) => text,
): string[] {
  const levels = ["error", "warning", "note"] as const;
  return levels.flatMap((level) => {
    const sum = sumOf(counts.filter((one) => one.level === level));
    return sum === 0 ? [] : [paint(pluralize(sum, level), level)];
  });
}

/** The sum of counts. */
export const sumOf = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0);

function fixableLines({ fixable, counts }: InputReport): string[] {
  if (fixable === 0) return [];
  return ["", `${formatNumber(fixable)} of ${formatNumber(sumOf(counts))} fixable with "batchlight fix"`];
}

function codeRows({ counts, issues }: InputReport, paint: Paint): Cell[][] {
  return counts.map(({ code, level, count: all }) => {
    const shown = issues.filter((issue) => issue.code === code && issue.level === level).length;
    return countCells(level, code, all, shown, paint);
  });
}

/** The maximum number of models or endpoints listed. A file with several has an issue of its own. */
const maxNames = 8;

function factRows({
  bytes: size,
  lines,
  requests,
  endpoints,
  models,
  embeddingInputs,
  inputTokens,
}: InputReport): Cell[][] {
  const { estimate, low, high } = inputTokens;
  return [
    ["contains", `${pluralize(requests, "request")} in ${pluralize(lines, "line")}, ${formatBytes(size)}`],
    ...namedRows(
      "endpoint",
      endpoints.map(({ endpoint, requests: own }) => [endpoint, own]),
    ),
    ...namedRows(
      "model",
      models.map(({ model, requests: own }) => [model, own]),
    ),
    ...(embeddingInputs > 0 ? [["embeddings", pluralize(embeddingInputs, "input")]] : []),
    ...(estimate > 0
      ? [["input", `about ${pluralizeEstimate(estimate, "token")} (${formatEstimate(low)} to ${formatEstimate(high)})`]]
      : []),
  ];
}

/** Rows of names. Shows the number of requests only if there are several names. */
function namedRows(what: string, names: readonly (readonly [name: string, requests: number])[]): Cell[][] {
  const shown = names
    .slice(0, maxNames)
    .map(([name, requests]): Cell[] => [name, names.length > 1 ? { right: pluralize(requests, "request") } : ""]);
  const lines = [
    ...table(shown, ""),
    ...(names.length > maxNames ? [`and ${formatNumber(names.length - maxNames)} more`] : []),
  ];
  return lines.map((line, index) => [index === 0 ? what : "", line]);
}
