// Summaries of result files: failure causes with advice, token usage, and issues.
import type { Cause, IssueList, ModelUsage, ResultPlace } from "../api.js";
import { printIssues } from "./issue.js";
import type { Paint } from "../terminal/colors.js";
import type { TerminalStream } from "../terminal/terminal-stream.js";
import type { InputSource } from "../io/input-source.js";
import { type Cell, table } from "../terminal/table.js";
import { formatNumber } from "../../common/format.js";
import type { Report } from "../../files/merge-reports.js";
import { wrapText } from "../terminal/wrap.js";

/** How each retry class is shown. */
const retryLabels: Readonly<Record<Cause["retry"], string>> = {
  transient: "retryable",
  permanent: "needs a change",
  unknown: "unknown",
};

/** The maximum number of examples per cause. */
const maxExamples = 3;

/** The lines about failure causes, in the package's order, each with its advice and example ids. */
export function causeLines(
  causes: readonly Cause[],
  { paint, width }: Pick<TerminalStream, "paint" | "width">,
): string[] {
  if (causes.length === 0) return [];
  const widest = Math.max(...causes.map((cause) => formatNumber(cause.count).length));
  return [
    "",
    paint("causes of failures and incomplete answers", "bold"),
    ...causes.flatMap((cause) => causeBlock(cause, widest, width, paint)),
  ];
}

function causeBlock(cause: Cause, widest: number, width: number, paint: Paint): string[] {
  const indent = " ".repeat(widest + 4);
  const { statusCode, code, retry, id, message, meaning, advice, examples: ids } = cause;
  const what = [statusCode, code].filter((part) => part !== undefined && part !== "").join(" ") || "no code";
  const kind = paint(retryLabels[retry], retry === "transient" ? "green" : "yellow");
  const more = cause.count > Math.min(maxExamples, ids.length) ? ", …" : "";
  return [
    `  ${formatNumber(cause.count).padStart(widest)}  ${paint(what, "red")}: ${meaning}`,
    ...(message ? wrapText(message, width, indent).map((line) => paint(line, "dim")) : []),
    ...wrapText(`help: ${advice}`, width, indent, "      ").map((line) =>
      line.replace("help:", paint("help:", "bold")),
    ),
    `${indent}cause ${id} (${kind}): ${ids.slice(0, maxExamples).join(", ")}${more}`,
  ];
}

/** The lines about token usage per model. */
export function usageLines(usage: readonly ModelUsage[], paint: Paint): string[] {
  if (usage.length === 0) return [];
  const number = (value: number | undefined): Cell => (value === undefined ? "" : { right: formatNumber(value) });
  const optionalTitle = (pick: (of: ModelUsage) => number | undefined, title: string): Cell =>
    usage.some((of) => pick(of) !== undefined) ? { right: title } : "";
  const head: Cell[] = [
    "model",
    { right: "requests" },
    { right: "input" },
    optionalTitle((of) => of.cachedTokens, "cached"),
    optionalTitle((of) => of.cacheWriteTokens, "cache write"),
    { right: "output" },
    optionalTitle((of) => of.reasoningTokens, "reasoning"),
    { right: "total" },
  ];
  const rows = usage.map((of): Cell[] => [
    of.model ?? "unknown",
    number(of.requests),
    number(of.inputTokens),
    number(of.cachedTokens),
    number(of.cacheWriteTokens),
    number(of.outputTokens),
    number(of.reasoningTokens),
    number(of.totalTokens),
  ]);
  const [titles, ...lines] = table([head, ...rows]);
  return ["", paint("token usage", "bold"), paint(titles!, "dim"), ...lines];
}

/** The lines about what became of requests: their counts with shares, causes and token usage. */
export function requestLines(
  { requests = 0, succeeded, incomplete, failed, missing = 0, duplicate = 0, conflicting = 0, causes, usage }: Report,
  screen: TerminalStream,
): string[] {
  const { paint } = screen;
  const share = (value: number): string => (requests > 0 ? `${((100 * value) / requests).toFixed(1)} %` : "");
  const row = (name: string, value = 0, good = false): Cell[][] =>
    value > 0 || good
      ? [[name, { right: paint(formatNumber(value), good ? "green" : "red") }, { right: share(value) }]]
      : [];
  return [
    ...table([
      ...row("succeeded", succeeded, true),
      ...row("incomplete", incomplete),
      ...row("failed", failed),
      ...row("missing", missing),
      ...row("duplicate", duplicate),
      ...row("conflicting", conflicting),
    ]),
    ...causeLines(causes, screen),
    ...usageLines(usage, paint),
  ];
}

/** Issues in result files, grouped by kind. */
export type IssueLists = Readonly<Record<string, IssueList>>;

/** Prints the issues of all lists with excerpts. `files` returns the files of a location's kind. */
export function printIssueLists(
  out: TerminalStream,
  lists: IssueLists,
  files: (place: ResultPlace) => readonly InputSource[],
): Promise<void> {
  return printIssues(
    out,
    Object.values(lists).flatMap(({ lines }) => lines),
    (place) => files(place)[place.index]!,
  );
}

/** Whether all lists are empty. */
export const isEmpty = (lists: IssueLists): boolean => Object.values(lists).every(({ count: all }) => all === 0);

/** The lines that count the issues of each list. */
export function issueListLines(lists: IssueLists, paint: Paint): string[] {
  const rows = Object.entries(lists).filter(([, { count: all }]) => all > 0);
  if (rows.length === 0) return [];
  const cells = rows.map(([name, { count: all, lines }]): Cell[] => [
    paint(name, "yellow"),
    { right: formatNumber(all) },
    all > lines.length ? paint(`${formatNumber(all - lines.length)} not shown`, "dim") : "",
  ]);
  return ["", paint("problem lines", "bold"), ...table(cells)];
}
