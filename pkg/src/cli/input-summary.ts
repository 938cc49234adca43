// The summary of a checked input file.
import type { InputReport } from "./api.js";
import { levelColors, countCells } from "./issue.js";
import type { Paint } from "./colors.js";
import { type Cell, table } from "./table.js";
import { formatBytes, formatNumber, pluralize, formatEstimate } from "../common/format.js";

/** The lines of a report below its issues. */
export function summaryLines(file: string, report: InputReport, paint: Paint): string[] {
  const codes = table(codeRows(report, paint));
  return [
    `${paint(file, "bold")}: ${totals(report, paint)}`,
    ...codes,
    ...(codes.length > 0 ? [""] : []),
    ...table(factRows(report)),
  ];
}

function totals({ counts }: InputReport, paint: Paint): string {
  const levels = ["error", "warning", "note"] as const;
  const parts = levels.flatMap((level) => {
    const sum = counts.reduce((all, one) => (one.level === level ? all + one.count : all), 0);
    return sum === 0 ? [] : [paint(pluralize(sum, level), "bold", levelColors[level])];
  });
  return parts.length === 0 ? paint("no problems found", "bold", "green") : parts.join(", ");
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
      ? [["input", `about ${formatEstimate(estimate)} tokens (${formatEstimate(low)} to ${formatEstimate(high)})`]]
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
