// `batchlight check`: checks input files before they are uploaded.
import type { Command } from "commander";
import type { CheckOptions, InputReport } from "../api.js";
import { type Context, runCommand, userMessage } from "../context.js";
import { exitCodes, withFileName } from "../exit.js";
import { jsonOf } from "../terminal/json.js";
import { type Level, printIssues } from "../reports/issue.js";
import {
  type LimitValues,
  examples,
  jobs,
  json,
  toLimits,
  maxBytes,
  maxInputs,
  maxRequests,
  profile,
  wholeNumber,
} from "../options.js";
import { type InputSource, withInputs } from "../io/input-source.js";
import { jobsFor } from "../io/jobs.js";
import { createRunner } from "../threads/thread-runner.js";
import type { Progress } from "../terminal/progress-bar.js";
import { checkInputOn } from "../../files/operations/check.js";
import { summaryLines } from "../reports/input-summary.js";

interface CheckValues extends LimitValues {
  readonly endpoint?: string;
  readonly profile?: NonNullable<CheckOptions["profile"]>;
  readonly maxIssues?: number;
  readonly strict?: true;
  readonly json?: true;
  readonly jobs?: number;
}

type CheckInput = ReturnType<typeof checkInputOn>;

/** Adds the command to the program. */
export function addCheck(program: Command): void {
  program
    .command("check")
    .summary("check input files before you upload them")
    .description(
      "Checks input files: every line, every request, and the limits of the file. Prints each issue with its line " +
        "and how to fix it.",
    )
    .argument("<file...>", "input files (JSONL), or - for standard input")
    .option("--endpoint <url>", "endpoint of the batch; default: the endpoint of the first request")
    .addOption(profile())
    .addOption(maxRequests())
    .addOption(maxBytes())
    .addOption(maxInputs())
    .option("--max-issues <n>", "maximum number of issues shown per code; all are counted", wholeNumber(0))
    .option("--strict", "exit with code 1 for warnings too")
    .addOption(jobs())
    .addOption(json("print one JSON report per file"))
    .addHelpText(
      "after",
      examples(
        ["batchlight check requests.jsonl", "check a file"],
        ["batchlight check --endpoint /v1/responses part-*.jsonl", "check several files for an endpoint"],
        ["make-requests | batchlight check --strict - && echo send it", "check a pipe, and stop for warnings too"],
        ["batchlight check --json requests.jsonl | jq '.issues[].line'", "print the line numbers of all issues"],
      ),
    )
    .action(runCommand(check));
}

async function check(context: Context, values: CheckValues, names: string[]): Promise<number> {
  const count = await jobsFor(names, values.jobs);
  const runner = await createRunner(count);
  // More files than there are threads, so that none waits for a report that is not the next one to be printed.
  const maxOpen = count === 1 ? 1 : 2 * count;
  const codes: Promise<number>[] = [];
  try {
    for (const name of names) {
      const turn = codes.at(-1) ?? Promise.resolve(exitCodes.ok);
      const code = checkInTurn(context, values, name, checkInputOn(runner), turn);
      // The files after it wait for it, and fail with its error.
      code.catch(() => undefined);
      codes.push(code);
      await codes.at(-maxOpen);
    }
    return Math.max(...(await Promise.all(codes)));
  } finally {
    await runner.close();
  }
}

/** Checks a file, and prints its report when the file before it has had its turn. */
function checkInTurn(
  context: Context,
  values: CheckValues,
  name: string,
  checkInput: CheckInput,
  turn: Promise<unknown>,
): Promise<number> {
  const work = ([source]: readonly InputSource[]): Promise<number> =>
    checkOne(context, values, source!, checkInput, turn);
  // A file that cannot be read does not prevent the check of the others.
  return withInputs([name], work).catch(async (error: unknown) => {
    const line = userMessage(error);
    if (line === undefined) throw error;
    await turn;
    await context.log(line);
    return exitCodes.error;
  });
}

async function checkOne(
  context: Context,
  values: CheckValues,
  source: InputSource,
  checkInput: CheckInput,
  turn: Promise<unknown>,
): Promise<number> {
  const { out } = context;
  const bar = context.progressBar(`checking ${source.name}`);
  let isNext = false;
  turn.then(
    () => (isNext = true),
    () => undefined,
  );
  const onProgress = (progress: Progress): void => {
    if (isNext) bar.onProgress(progress);
  };
  const { endpoint, profile, maxIssues } = values;
  const options = { endpoint, profile, maxIssues, limits: toLimits(values), onProgress };
  const report = await withFileName(source.name, () => checkInput(source.bytes, definedOptions(options))).finally(
    bar.clear,
  );
  await turn;
  if (values.json) await out.print([jsonOf({ file: source.name, ...report })]);
  else {
    await printIssues(out, report.issues, () => source);
    await out.print([...summaryLines(source.name, report, out.paint), ""]);
  }
  return passes(report, values.strict ? ["error", "warning"] : ["error"]) ? exitCodes.ok : exitCodes.issues;
}

const passes = ({ counts }: InputReport, levels: readonly Level[]): boolean =>
  !counts.some(({ level }) => levels.includes(level));

/** Removes undefined options. */
const definedOptions = <T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
