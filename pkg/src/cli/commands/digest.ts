// `batchlight digest`: summarizes result files without their input.
import type { Command } from "commander";
import { type Context, runCommand } from "../context.js";
import { exitCodes, withFileName } from "../exit.js";
import { jsonOf } from "../terminal/json.js";
import { examples, json } from "../options.js";
import { readReports } from "../reports/report-file.js";
import {
  type IssueLists,
  causeLines,
  isEmpty,
  issueListLines,
  printIssueLists,
  requestLines,
  usageLines,
} from "../reports/results-summary.js";
import type { TerminalStream } from "../terminal/terminal-stream.js";
import { withInputs } from "../io/input-source.js";
import { table } from "../terminal/table.js";
import { formatNumber, pluralize } from "../../common/format.js";
import { mergeReports, type Report } from "../../files/merge-reports.js";

/** Adds the command to the program. */
export function addDigest(program: Command): void {
  program
    .command("digest")
    .summary("summarize result files")
    .description(
      "Summarizes the results of a batch: succeeded, incomplete and failed requests, causes and token usage. Several " +
        "files are combined. With --merge, the files are reports of digest, reconcile or run, as --json prints them, " +
        "and their sum is printed.",
    )
    .argument("<file...>", "output and error files, or reports with --merge; - for standard input")
    .option("--merge", "add up reports: one for each file or line")
    .addOption(json("print the digest as JSON"))
    .addHelpText(
      "after",
      examples(
        ["batchlight digest output.jsonl error.jsonl", "summarize both files of a batch"],
        ["batchlight digest --json output.jsonl | jq .usage", "print the token usage as JSON"],
        ["batchlight digest --merge *.report.json", "add up the reports of batchlight run --json"],
      ),
    )
    .action(runCommand(digest));
}

interface DigestValues {
  readonly json?: true;
  readonly merge?: true;
}

async function digest(context: Context, values: DigestValues, names: string[]): Promise<number> {
  if (values.merge) return merge(context, values, names);
  const { api, out } = context;
  const title = names.length === 1 ? names[0]! : `${formatNumber(names.length)} files`;
  const bar = context.progressBar(`reading ${title}`);
  return withInputs(names, async (sources) => {
    const all = sources.map(({ bytes }) => bytes);
    const digested = await withFileName(title, () => api.digestResults(all, { onProgress: bar.onProgress })).finally(
      bar.clear,
    );
    if (values.json) await out.print([jsonOf(digested)]);
    else {
      await printIssueLists(out, listsOf(digested), () => sources);
      await out.print(digestLines(names.length === 1 ? sources[0]!.name : title, digested, out));
    }
    return exitCodeOf([digested]);
  });
}

async function merge({ out }: Context, values: DigestValues, names: readonly string[]): Promise<number> {
  return withInputs(names, async (sources) => {
    const reports: Report[] = [];
    for (const source of sources) reports.push(...(await withFileName(source.name, () => readReports(source))));
    const merged = mergeReports(reports);
    await out.print(values.json ? [jsonOf(merged)] : mergedLines(pluralize(reports.length, "report"), merged, out));
    return exitCodeOf(reports);
  });
}

/** Whether all requests succeeded and there are no issues. Without `requests`, only those with results are known. */
const passes = ({ requests, succeeded, incomplete, failed, ...lists }: Report): boolean =>
  (requests === undefined ? incomplete + failed === 0 : succeeded === requests) && isEmpty(listsOf(lists));

const exitCodeOf = (reports: readonly Report[]): number => (reports.every(passes) ? exitCodes.ok : exitCodes.issues);

const noIssues = { count: 0, lines: [] };

const listsOf = ({
  malformed = noIssues,
  withoutCustomId = noIssues,
}: Pick<Report, "malformed" | "withoutCustomId">): IssueLists => ({
  malformed,
  "missing custom_id": withoutCustomId,
});

function mergedLines(title: string, report: Report, screen: TerminalStream): string[] {
  const { requests, complete = true } = report;
  if (requests === undefined) return digestLines(title, report, screen);
  const { paint } = screen;
  const state = complete ? "" : `, ${paint("not all of them complete", "yellow")}`;
  return [
    `${paint(title, "bold")}${state}: ${pluralize(requests, "request")}`,
    ...requestLines(report, screen),
    ...issueListLines(listsOf(report), paint),
  ];
}

function digestLines(title: string, digested: Report, screen: TerminalStream): string[] {
  const { paint } = screen;
  const { lines, succeeded, incomplete, failed, statusCodes = [], causes, usage } = digested;
  return [
    `${paint(title, "bold")}${lines === undefined ? "" : `: ${pluralize(lines, "line")}`}`,
    ...table([
      ["succeeded", { right: formatNumber(succeeded) }],
      ...(incomplete > 0 ? [["incomplete", { right: paint(formatNumber(incomplete), "red") }] as const] : []),
      ["failed", { right: failed > 0 ? paint(formatNumber(failed), "red") : "0" }],
    ]),
    ...(statusCodes.length > 0
      ? [
          "",
          paint("status codes", "bold"),
          ...table(
            statusCodes.map(({ statusCode, count: times }) => [String(statusCode), { right: formatNumber(times) }]),
          ),
        ]
      : []),
    ...causeLines(causes, screen),
    ...usageLines(usage, paint),
    ...issueListLines(listsOf(digested), paint),
  ];
}
