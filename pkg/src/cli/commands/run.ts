// `batchlight run`: from a file of requests to a file of results.
import { createInterface } from "node:readline/promises";
import { type Command, InvalidArgumentError } from "commander";
import type { PlanOptions, RunPlan } from "#run";
import type { CheckOptions, InputReport } from "../api.js";
import { assertWritable } from "../storage/atomic-file.js";
import { type Context, runCommand } from "../context.js";
import { CliError, exitCodes, withFileName } from "../exit.js";
import { type InputSource, standardInputName, standardStream, withInputs } from "../io/input-source.js";
import { printIssues } from "../reports/issue.js";
import { jsonOf } from "../terminal/json.js";
import {
  examples,
  force,
  json,
  type LimitValues,
  maxBytes,
  maxInputs,
  maxRequests,
  profile,
  to,
  toLimits,
  wholeNumber,
} from "../options.js";
import { folderStore } from "../run/folder-store.js";
import { createFolder, folderFor, hasJournal, type RunFolder } from "../run/run-folder.js";
import {
  assertReportApart,
  connectionFromEnv,
  flagsOf,
  loadRuns,
  quoted,
  resumeCommand,
  runSession,
} from "../run/run-session.js";
import { table } from "../terminal/table.js";
import { formatBytes, formatInputTokens, pluralize, pluralizeEstimate } from "../../common/format.js";

interface RunValues extends LimitValues {
  readonly to: string;
  readonly fix?: true;
  readonly profile?: NonNullable<CheckOptions["profile"]>;
  readonly maxQueueTokens?: number;
  readonly attempts?: number;
  readonly window?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly retryCancelled?: true;
  readonly detach?: true;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly force?: true;
  readonly json?: true;
}

/** A run with more than this is confirmed first. */
const confirmAbove = { requests: 100_000, tokens: 20_000_000 };

function pair(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return { ...before, [name]: value };
  throw new InvalidArgumentError("expected a key and a value, such as team=search");
}

/** Adds the command to the program. */
export function addRun(program: Command): void {
  program
    .command("run")
    .summary("send a file of requests and write the file of results")
    .description(
      "Checks a file, divides it into batches, creates each once, follows them, fetches and matches their results, " +
        "and resends the requests that failed temporarily. Writes the best result of each request, in input order. A " +
        "journal beside the output records each step: the same command continues after a crash, and no batch is " +
        "created twice. Ctrl-C detaches and cancels no batches. Uses OPENAI_API_KEY and OPENAI_BASE_URL.",
    )
    .argument("<file...>", "input files (JSONL), sent as one, or - for standard input")
    .addOption(to("output file, or - for standard output").makeOptionMandatory())
    .option("--fix", "fix the file first, as batchlight fix does")
    .addOption(profile())
    .addOption(maxRequests())
    .addOption(maxBytes())
    .addOption(maxInputs())
    .option("--max-queue-tokens <n>", "maximum number of estimated input tokens under way per model", wholeNumber(1))
    .option("--attempts <n>", "maximum number of attempts per request; default: 3", wholeNumber(1))
    .option("--window <window>", "completion window; default: 24h")
    .option("--metadata <key=value>", "metadata of each batch; can be repeated", pair)
    .option("--retry-cancelled", "resend the unfinished requests of cancelled batches")
    .option("--detach", "end once every batch that fits in the queue is created")
    .option("--dry-run", "show the plan and send nothing")
    .option("-y, --yes", "send large files without asking for confirmation")
    .addOption(force())
    .addOption(json("print the report as JSON"))
    .addHelpText(
      "after",
      examples(
        ["batchlight run requests.jsonl -o results.jsonl", "run a file, or continue its run"],
        ["batchlight run --dry-run requests.jsonl -o results.jsonl", "show what would be sent"],
        ["batchlight run --detach requests.jsonl -o results.jsonl", "send the batches and come back later"],
        ["batchlight run --max-queue-tokens 2,000,000 big.jsonl -o results.jsonl", "keep below the account's limit"],
      ),
    )
    .action(runCommand(run));
}

async function run(context: Context, values: RunValues, names: string[]): Promise<number> {
  const folder = folderFor(names, values.to);
  return withInputs(names, async (sources) => {
    const plan = planOptions(values);
    if (values.dryRun) return dryRun(context, values, sources, plan);
    const connection = connectionFromEnv();
    const isKnown = await hasJournal(folder.path);
    assertReportApart(folder, values.json === true, isKnown);
    if (!isKnown) {
      if (folder.output !== undefined) await assertWritable(folder.output, values.force === true);
      await createFolder(folder);
    }
    const planned = await planFile(context, values, sources, folder, { ...plan, clock: connection.clock });
    if (!planned.continues || !(await hasStarted(folder))) await confirm(context, values, names, planned);
    return runSession(context, folder, {
      ...connection,
      again: againCommand(names, values, folder),
      force: values.force === true,
      json: values.json === true,
      until: values.detach ? "submitted" : "results",
    });
  });
}

function planOptions(values: RunValues): Omit<PlanOptions, "store"> {
  const { maxQueueTokens, attempts, window, metadata, fix, retryCancelled } = values;
  return {
    profile: values.profile,
    limits: { ...toLimits(values), queueTokens: maxQueueTokens },
    attempts,
    window,
    metadata,
    fix,
    retryCancelled,
  };
}

async function planFile(
  context: Context,
  values: RunValues,
  sources: readonly InputSource[],
  folder: RunFolder | undefined,
  options: Omit<PlanOptions, "store">,
): Promise<RunPlan> {
  const { planRun, isBatchlightRunError } = await loadRuns();
  const bytes = sources.map((source) => source.bytes);
  const store = folder && { store: folderStore(folder.path) };
  try {
    const plan = await withFileName(sources.map(({ name }) => name).join(", "), () =>
      planRun(bytes, { ...options, ...store }),
    );
    await context.log(...planLines(plan));
    return plan;
  } catch (error) {
    if (isBatchlightRunError(error) && error.report) await printErrors(context, values, sources, error.report);
    throw error;
  }
}

/** Prints the errors of the input, or those of each file: the lines of a report on several files are not theirs. */
async function printErrors(
  { err, api }: Context,
  { profile, fix }: RunValues,
  sources: readonly InputSource[],
  joined: InputReport,
): Promise<void> {
  const print = (source: InputSource, { issues }: InputReport) =>
    printIssues(
      err,
      issues.filter(({ level }) => level === "error"),
      () => source,
    );
  if (sources.length === 1) return print(sources[0]!, joined);
  // A pipe cannot be read again, and a fixed file has other issues.
  const files = fix ? [] : sources.filter(({ name }) => name !== standardInputName);
  for (const source of files)
    await print(source, await api.checkInput(source.bytes, profile === undefined ? {} : { profile }));
}

const tokensOf = ({ shards }: RunPlan): number => shards.reduce((sum, { tokens }) => sum + tokens, 0);
const requestsOf = ({ shards }: RunPlan): number => shards.reduce((sum, { requests }) => sum + requests, 0);

function planLines(plan: RunPlan): string[] {
  const names = (values: readonly (string | undefined)[]) => [...new Set(values)].filter(Boolean).join(", ");
  const facts = [
    pluralize(requestsOf(plan), "request"),
    formatInputTokens(tokensOf(plan)),
    names(plan.shards.map(({ model }) => model)),
    names(plan.shards.map(({ endpoint }) => endpoint)),
  ];
  const head = plan.continues ? "continuing" : "checked";
  return [`${head}: ${facts.filter(Boolean).join(", ")}`, `${pluralize(plan.shards.length, "batch", "batches")}`];
}

async function dryRun(
  context: Context,
  values: RunValues,
  sources: readonly InputSource[],
  options: Omit<PlanOptions, "store">,
): Promise<number> {
  const plan = await planFile(context, values, sources, undefined, options);
  const rows = plan.shards.map(({ requests, bytes, tokens, model, endpoint }, index) => [
    { right: String(index + 1) },
    { right: pluralize(requests, "request") },
    { right: formatBytes(bytes) },
    { right: `~${pluralizeEstimate(tokens, "token")}` },
    model ?? "",
    endpoint ?? "",
  ]);
  await context.out.print(values.json ? [jsonOf(plan.shards)] : table(rows));
  await context.log("nothing was sent");
  return exitCodes.ok;
}

/** Whether anything was sent. */
async function hasStarted({ path }: RunFolder): Promise<boolean> {
  const { runStatus } = await loadRuns();
  const { shards } = await runStatus({ store: folderStore(path) });
  return shards.some(({ next, attempt }) => next !== "upload" || attempt > 1);
}

async function confirm(context: Context, values: RunValues, names: readonly string[], plan: RunPlan): Promise<void> {
  const [requests, tokens] = [requestsOf(plan), tokensOf(plan)];
  if (values.yes || (requests <= confirmAbove.requests && tokens <= confirmAbove.tokens)) return;
  const size = `${pluralize(requests, "request")} and ${formatInputTokens(tokens)}`;
  if (!process.stdin.isTTY || !context.err.isTerminal || names.includes(standardStream))
    throw new CliError(`${size}: a file this large requires --yes; nothing was sent`);
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C and Ctrl-D close the reader. Whether the question is then rejected depends on the version of Node.
    const closed = new Promise<string>((resolve) => reader.once("close", () => resolve("\n")));
    const reply = await Promise.race([reader.question(`send ${size}? [y/N] `).catch(() => "\n"), closed]);
    // Ends the line of the question.
    if (reply === "\n") await context.err.print([""]);
    if (!/^y(es)?$/i.test(reply.trim())) throw new CliError("nothing was sent");
  } finally {
    reader.close();
  }
}

/** The command that continues a run. The options that it leaves out are in the journal, and standard input is gone. */
function againCommand(names: readonly string[], values: RunValues, { path }: RunFolder): string {
  if (names.includes(standardStream)) return resumeCommand(path, values);
  const confirmed = values.yes ? " --yes" : "";
  return `batchlight run ${names.map(quoted).join(" ")} -o ${quoted(values.to)}${flagsOf(values)}${confirmed}`;
}
