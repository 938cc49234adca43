// `batchlight reconcile`: matches results against requests.
import type { Command } from "commander";
import type { Reconciliation, RequestVerdict } from "../api.js";
import { type Context, runCommand } from "../context.js";
import { CliError, exitCodes } from "../exit.js";
import { countIssueLines, haveCountIssues, unusableLinesOf } from "../reports/reconciliation-issues.js";
import { jsonOf } from "../terminal/json.js";
import {
  type BatchFileOptions,
  type ReconciliationTask,
  addBatchFileOptions,
  withReconciliation,
} from "../io/batch-files.js";
import { examples, force, json } from "../options.js";
import { assertWritable, writeAtomically } from "../storage/atomic-file.js";
import {
  type IssueLists,
  causeLines,
  isEmpty,
  issueListLines,
  printIssueLists,
  usageLines,
} from "../reports/results-summary.js";
import type { TerminalStream } from "../terminal/terminal-stream.js";
import { standardStream } from "../io/input-source.js";
import { type Cell, table } from "../terminal/table.js";
import { formatNumber, pluralize } from "../../common/format.js";

interface ReconcileValues extends BatchFileOptions {
  readonly verdicts?: string;
  readonly force?: true;
  readonly json?: true;
}

/** Adds the command to the program. */
export function addReconcile(program: Command): void {
  addBatchFileOptions(program.command("reconcile"))
    .summary("match results with requests: succeeded, failed, missing, duplicate")
    .description(
      "Matches the results of a batch with its requests by custom_id. Shows how many succeeded, which failed and " +
        "why, and which have no result.",
    )
    .option("--verdicts <file>", "write the verdict of each request as JSONL, in input order")
    .addOption(force())
    .addOption(json("print the reconciliation as JSON"))
    .addHelpText(
      "after",
      examples(
        [
          "batchlight reconcile --input requests.jsonl --output output.jsonl --error error.jsonl",
          "reconcile one batch",
        ],
        [
          "batchlight reconcile --input shard-*.jsonl --output output-*.jsonl --verdicts verdicts.jsonl",
          "reconcile several shards, and write a verdict for each request",
        ],
        [
          "batchlight reconcile --input requests.jsonl --output output.jsonl --batch batch.json",
          "compare with the batch's counts",
        ],
      ),
    )
    .action(runCommand(reconcile));
}

async function reconcile(context: Context, values: ReconcileValues): Promise<number> {
  const { out } = context;
  const { verdicts } = values;
  if (verdicts === standardStream && values.json)
    throw new CliError("--json and --verdicts - both use standard output; use --verdicts FILE");
  if (verdicts !== undefined && verdicts !== standardStream) await assertWritable(verdicts, values.force === true);
  const report: ReconciliationTask<number> = async (reconciliation, files) => {
    if (verdicts === standardStream) for (const line of verdictLines(reconciliation.verdicts())) await out.write(line);
    else if (verdicts !== undefined)
      await writeAtomically(verdicts, verdictLines(reconciliation.verdicts()), values.force === true);
    if (values.json) await out.print([jsonOf(reconciliation)]);
    else {
      const screen = verdicts === standardStream ? context.err : out;
      await printIssueLists(screen, listsOf(reconciliation), ({ file }) => files[file]);
      await screen.print(reconciliationLines(reconciliation, screen));
    }
    return passes(reconciliation) ? exitCodes.ok : exitCodes.issues;
  };
  return withReconciliation(context, values, report, { verdicts: verdicts !== undefined });
}

/** Whether every request succeeded and there are no issues. */
const passes = (reconciliation: Reconciliation): boolean =>
  reconciliation.complete &&
  reconciliation.succeeded === reconciliation.requests &&
  isEmpty(listsOf(reconciliation)) &&
  !haveCountIssues(reconciliation);

const listsOf = (reconciliation: Reconciliation): IssueLists => ({
  ...unusableLinesOf(reconciliation),
  duplicate: reconciliation.duplicates,
  conflicting: reconciliation.conflicts,
  "not in the input": reconciliation.unknownLines,
});

/** The verdicts as JSON lines, in chunks of about 256 KiB. */
function* verdictLines(verdicts: Iterable<RequestVerdict>): Generator<string> {
  let text = "";
  for (const verdict of verdicts) {
    text += `${jsonOf(verdict)}\n`;
    if (text.length < 1 << 18) continue;
    yield text;
    text = "";
  }
  yield text;
}

function reconciliationLines(reconciliation: Reconciliation, screen: TerminalStream): string[] {
  const { paint } = screen;
  const { requests, succeeded, incomplete, failed, missing, duplicate, conflicting, complete } = reconciliation;
  const rest: Record<string, number> = { incomplete, failed, missing, duplicate, conflicting };
  const retryable =
    missing + reconciliation.causes.reduce((sum, cause) => sum + (cause.retry === "transient" ? cause.count : 0), 0);
  const share = (value: number): string => (requests > 0 ? `${((100 * value) / requests).toFixed(1)} %` : "");
  const row = (name: string, value: number, good: boolean): Cell[] => [
    name,
    { right: value > 0 ? paint(formatNumber(value), good ? "green" : "red") : "0" },
    { right: share(value) },
  ];
  const shown = Object.entries(rest).filter(([name, value]) => value > 0 || name === "failed" || name === "missing");
  const found = complete ? paint("all have a result", "green") : paint("some have no result", "bold", "yellow");
  const head = requests === 0 ? "nothing to match" : found;
  return [
    `${paint(pluralize(requests, "request"), "bold")}: ${head}`,
    ...table([row("succeeded", succeeded, true), ...shown.map(([name, value]) => row(name, value, false))]),
    ...countIssueLines(reconciliation, paint),
    ...causeLines(reconciliation.causes, screen),
    ...usageLines(reconciliation.usage, paint),
    ...issueListLines(listsOf(reconciliation), paint),
    ...(retryable > 0
      ? ["", `run "batchlight retry" with the same files to write the ${pluralize(retryable, "retryable request")}`]
      : []),
  ];
}
