// `batchlight fix`: fixes what has only one valid form.
import type { Command } from "commander";
import type { FixReport, InputReport } from "../api.js";
import { type Context, runCommand } from "../context.js";
import { WrongFile, checkWhileReading } from "../io/checked-output.js";
import { exitCodes, withFileName } from "../exit.js";
import { jsonOf } from "../terminal/json.js";
import { examples, force, json, to } from "../options.js";
import { type WriteTargetOptions, writeTo, resolveTarget } from "../io/write-target.js";
import { chunksOf } from "../../files/io/byte-stream.js";
import { withInputs } from "../io/input-source.js";
import { defaultPrefix } from "../../files/operations/fix.js";
import { levelTotals, sumOf } from "../reports/input-summary.js";
import { printIssues } from "../reports/issue.js";
import { table } from "../terminal/table.js";
import { formatNumber, pluralize } from "../../common/format.js";

interface FixValues extends WriteTargetOptions {
  readonly assignIds?: true | string;
}

/** Adds the command to the program. */
export function addFix(program: Command): void {
  program
    .command("fix")
    .summary("fix problems that have only one solution")
    .description(
      "Fixes everything in an input file that has only one valid form, and keeps the rest byte for byte. Prints the " +
        "changes on standard error, and how many issues are left. The exit code is 1 if errors are left.",
    )
    .argument("<file>", "input file, or - for standard input")
    .addOption(to("output file; default: standard output"))
    .addOption(force())
    .option(
      "--assign-ids [prefix]",
      `add a custom_id to requests without one: the prefix and a number; default prefix: ${defaultPrefix}. Write ` +
        "--assign-ids=PREFIX if a file name follows",
    )
    .addOption(json("print the changes as JSON on standard output; requires -o"))
    .addHelpText(
      "after",
      examples(
        ["batchlight fix requests.jsonl -o fixed.jsonl", "fix a file"],
        ["batchlight fix --force requests.jsonl -o requests.jsonl", "fix a file in place"],
        ["batchlight fix --assign-ids request- requests.jsonl | batchlight check -", "assign missing ids, then check"],
      ),
    )
    .action(runCommand(fix));
}

async function fix(context: Context, values: FixValues, name: string): Promise<number> {
  const { api, out, err } = context;
  const target = await resolveTarget(values);
  return withInputs([name], async ([source]) => {
    const bar = context.progressBar(`fixing ${source!.name}`, target);
    const { assignIds } = values;
    const fixing = api.fixInput(source!.bytes, {
      ...(assignIds === undefined ? {} : { assignIds }),
      onProgress: bar.onProgress,
    });
    // If the stream fails, the report fails with the same error.
    const reported = fixing.report.catch(() => undefined);
    const checking = checkWhileReading(api, chunksOf(fixing.stream));
    try {
      await withFileName(source!.name, () => writeTo(out, checking.chunks, target)).finally(bar.clear);
    } catch (error) {
      if (!(error instanceof WrongFile)) throw error;
      await printIssues(err, error.report.issues, () => source!);
      await err.print([`${source!.name}: not changed`]);
      return exitCodes.issues;
    }
    const report = (await reported)!;
    const left = await checking.report;
    if (values.json) await out.print([jsonOf({ file: source!.name, ...report, left: left.counts })]);
    else await err.print(resultLines(source!.name, report, left));
    return left.ok ? exitCodes.ok : exitCodes.issues;
  });
}

/** The changes of a file, and the number of issues that are left. */
function resultLines(name: string, { changed, changes, counts, lines }: FixReport, left: InputReport): string[] {
  const total = sumOf(left.counts);
  const rest = total === 0 ? "" : `, ${formatNumber(total)} left (${levelTotals(left).join(", ")})`;
  if (!changed) return [`${name}: nothing to fix in ${pluralize(lines, "line")}${rest}`];
  return [
    ...changes.map(({ line, message }) => `${name}:${line}: ${message}`),
    `${name}: ${formatNumber(sumOf(counts))} fixed${rest}`,
    ...table(counts.map(({ code, count: times }) => [code, { right: formatNumber(times) }])),
  ];
}
