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
  json,
  toLimits,
  maxBytes,
  maxInputs,
  maxRequests,
  profile,
  wholeNumber,
} from "../options.js";
import { type InputSource, withInputs } from "../io/input-source.js";
import { summaryLines } from "../reports/input-summary.js";

interface CheckValues extends LimitValues {
  readonly endpoint?: string;
  readonly profile?: NonNullable<CheckOptions["profile"]>;
  readonly maxIssues?: number;
  readonly strict?: true;
  readonly json?: true;
}

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
  let code: number = exitCodes.ok;
  for (const name of names) {
    // A file that cannot be read does not prevent the check of the others.
    const result = await withInputs([name], ([source]) => checkOne(context, values, source!)).catch(
      async (error: unknown) => {
        const line = userMessage(error);
        if (line === undefined) throw error;
        await context.log(line);
        return exitCodes.error;
      },
    );
    code = Math.max(code, result);
  }
  return code;
}

async function checkOne(context: Context, values: CheckValues, source: InputSource): Promise<number> {
  const { out, api } = context;
  const bar = context.progressBar(`checking ${source.name}`);
  const { endpoint, profile, maxIssues } = values;
  const options = { endpoint, profile, maxIssues, limits: toLimits(values), onProgress: bar.onProgress };
  const report = await withFileName(source.name, () => api.checkInput(source.bytes, definedOptions(options))).finally(
    bar.clear,
  );
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
