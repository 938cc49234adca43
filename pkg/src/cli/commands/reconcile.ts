// batchlight reconcile: which requests have a result, and what became of the others?
import type { Command } from "commander";
import type { Reconciliation, RequestVerdict } from "../api.js";
import { type Context, acting } from "../context.js";
import { Trouble, exit } from "../exit.js";
import { colours } from "../issue.js";
import { jsonOf } from "../json.js";
import { type JoinValues, joining, withJoined } from "../batch-files.js";
import { examples, force, json } from "../options.js";
import { mayWrite, writeWhole } from "../atomic-file.js";
import { type Lists, causeLines, isEmpty, listLines, printLists, usageLines } from "../results-summary.js";
import type { Screen } from "../terminal-stream.js";
import { standard } from "../input-source.js";
import { type Cell, table } from "../table.js";
import { count, counted } from "../format.js";

interface ReconcileValues extends JoinValues {
  readonly verdicts?: string;
  readonly force?: true;
  readonly json?: true;
}

/** Adds the command. */
export function addReconcile(program: Command): void {
  joining(program.command("reconcile"))
    .summary("match results against requests: succeeded, failed, missing, duplicate")
    .description(
      "Matches the results of a batch against its requests by custom_id: what succeeded, what failed and why, what " +
        "is missing.",
    )
    .option("--verdicts <file>", "write what became of each request, in the order of the input, as JSONL")
    .addOption(force())
    .addOption(json("print the reconciliation as JSON, and nothing else"))
    .addHelpText(
      "after",
      examples(
        ["batchlight reconcile --input requests.jsonl --output output.jsonl --error error.jsonl", "one batch"],
        [
          "batchlight reconcile --input shard-*.jsonl --output output-*.jsonl --verdicts verdicts.jsonl",
          "shards, with a line for each request",
        ],
        [
          "batchlight reconcile --input requests.jsonl --output output.jsonl --batch batch.json",
          "hold the batch's own counts against the files",
        ],
      ),
    )
    .action(acting(reconcile));
}

async function reconcile(context: Context, values: ReconcileValues): Promise<number> {
  const { out } = context;
  const { verdicts } = values;
  if (verdicts === standard && values.json)
    throw new Trouble("--json and --verdicts - both print on standard output: name a file for one");
  if (verdicts !== undefined && verdicts !== standard) await mayWrite(verdicts, values.force === true);
  return withJoined(context, values, async (found, files) => {
    if (verdicts === standard) for (const line of linesOf(found.verdicts())) await out.write(line);
    else if (verdicts !== undefined) await writeWhole(verdicts, linesOf(found.verdicts()), values.force === true);
    if (values.json) await out.print([jsonOf(found)]);
    else {
      const page = verdicts === standard ? context.err : out;
      await printLists(page, listsOf(found), ({ file }) => files[file]);
      await page.print(reconciliationLines(found, page));
    }
    return isFine(found) ? exit.fine : exit.issues;
  });
}

/** Whether every request succeeded, and there is nothing else for a person to look at. */
const isFine = (found: Reconciliation): boolean =>
  found.complete &&
  found.succeeded === found.requests &&
  isEmpty(listsOf(found)) &&
  found.countIssues.every(({ level }) => level === "note");

const listsOf = ({ malformed, withoutCustomId, duplicates, conflicts, unknownLines }: Reconciliation): Lists => ({
  malformed,
  "without a custom_id": withoutCustomId,
  duplicate: duplicates,
  conflicting: conflicts,
  "of no input file": unknownLines,
});

/** The verdicts as lines, some thousands at once. */
function* linesOf(verdicts: Iterable<RequestVerdict>): Generator<string> {
  let text = "";
  for (const verdict of verdicts) {
    text += `${jsonOf(verdict)}\n`;
    if (text.length < 1 << 18) continue;
    yield text;
    text = "";
  }
  yield text;
}

function reconciliationLines(found: Reconciliation, screen: Screen): string[] {
  const { paint } = screen;
  const { requests, succeeded, failed, missing, duplicate, conflicting, complete } = found;
  const rest: Record<string, number> = { failed, missing, duplicate, conflicting };
  const again = missing + found.causes.reduce((sum, cause) => sum + (cause.retry === "transient" ? cause.count : 0), 0);
  const share = (value: number): string => (requests > 0 ? `${((100 * value) / requests).toFixed(1)} %` : "");
  const row = (name: string, value: number, good: boolean): Cell[] => [
    name,
    { right: value > 0 ? paint(count(value), good ? "green" : "red") : "0" },
    { right: share(value) },
  ];
  const shown = Object.entries(rest).filter(([name, value]) => value > 0 || name === "failed" || name === "missing");
  const head = complete ? paint("complete", "green") : paint("incomplete", "bold", "yellow");
  return [
    `${paint(counted(requests, "request"), "bold")}: ${head}`,
    ...table([row("succeeded", succeeded, true), ...shown.map(([name, value]) => row(name, value, false))]),
    ...found.countIssues.flatMap(({ level, code, message, help }) => [
      "",
      `${paint(`${level}[${code}]`, "bold", colours[level])}: ${message}`,
      `  ${paint("help:", "bold")} ${help}`,
    ]),
    ...causeLines(found.causes, screen),
    ...usageLines(found.usage, paint),
    ...listLines(listsOf(found), paint),
    ...(again > 0
      ? [
          "",
          `batchlight retry with the same files writes the ${counted(again, "request")} worth sending again as ` +
            "they are",
        ]
      : []),
  ];
}
