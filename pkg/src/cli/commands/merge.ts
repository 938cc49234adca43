// `batchlight merge`: writes the best result of each request, in input order.
import type { Command } from "commander";
import { type Context, runCommand } from "../context.js";
import { exitCodes } from "../exit.js";
import { type BatchFileOptions, addBatchFileOptions, withReconciliation } from "../io/batch-files.js";
import { printFileIssues } from "../reports/reconciliation-issues.js";
import { examples, force, to } from "../options.js";
import { type WriteTargetOptions, writeLinesTo, resolveTarget } from "../io/write-target.js";
import { formatNumber, pluralize } from "../../common/format.js";

/** Adds the command to the program. */
export function addMerge(program: Command): void {
  addBatchFileOptions(program.command("merge"))
    .summary("write the best result of each request, in input order")
    .description(
      "Writes the best result of each request from all shards and attempts, in input order and byte for byte.",
    )
    .addOption(to("output file; default: standard output"))
    .addOption(force())
    .addHelpText(
      "after",
      examples([
        "batchlight merge --input requests.jsonl --output first.jsonl second.jsonl --error error.jsonl -o all.jsonl",
        "merge the results of two attempts",
      ]),
    )
    .action(runCommand(merge));
}

async function merge(context: Context, values: BatchFileOptions & WriteTargetOptions): Promise<number> {
  const target = await resolveTarget(values);
  return withReconciliation(context, values, async (reconciliation, files) => {
    const written = await writeLinesTo(context.out, reconciliation.merge(), target);
    const missing = reconciliation.requests - written;
    const note = written === 0 ? "; no file written" : "";
    await context.log(
      `${formatNumber(written)} of ${pluralize(reconciliation.requests, "request")} have a result${note}`,
    );
    const hasFileIssues = await printFileIssues(context.err, reconciliation, files);
    return hasFileIssues || missing > 0 ? exitCodes.issues : exitCodes.ok;
  });
}
