// `batchlight merge`: writes the best result of each request, in input order.
import type { Command } from "commander";
import { type Context, runCommand } from "../context.js";
import { exitCodes } from "../exit.js";
import { type BatchFileOptions, addBatchFileOptions, withReconciliation } from "../batch-files.js";
import { examples, force, to } from "../options.js";
import { type WriteTargetOptions, writeLinesTo, resolveTarget } from "../write-target.js";
import { formatNumber, pluralize } from "../format.js";

/** Adds the command to the program. */
export function addMerge(program: Command): void {
  addBatchFileOptions(program.command("merge"))
    .summary("write the best result of each request, in input order")
    .description(
      "Writes the best result line of each request, of all shards and attempts, in the order of the input and byte " +
        "for byte.",
    )
    .addOption(to("where the results go; by default standard output"))
    .addOption(force())
    .addHelpText(
      "after",
      examples([
        "batchlight merge --input requests.jsonl --output first.jsonl second.jsonl --error error.jsonl -o all.jsonl",
        "the results of two attempts in one file",
      ]),
    )
    .action(runCommand(merge));
}

async function merge(context: Context, values: BatchFileOptions & WriteTargetOptions): Promise<number> {
  const target = await resolveTarget(values);
  return withReconciliation(context, values, async (reconciliation) => {
    const written = await writeLinesTo(context.out, context.api.mergeResults(reconciliation), target);
    const missing = reconciliation.requests - written;
    const rest = missing > 0 ? `; ${pluralize(missing, "request has", "requests have")} none` : "";
    const none = written === 0 ? "; no file is written" : "";
    await context.log(
      `results of ${formatNumber(written)} of ${pluralize(reconciliation.requests, "request")}${rest}${none}`,
    );
    return missing > 0 ? exitCodes.issues : exitCodes.ok;
  });
}
