// batchlight merge: one result a request, of all attempts, in the order of the input.
import type { Command } from "commander";
import { type Context, acting } from "../context.js";
import { exit } from "../exit.js";
import { type JoinValues, joining, withJoined } from "../batch-files.js";
import { examples, force, to } from "../options.js";
import { type TargetValues, pourLines, targetOf } from "../write-target.js";
import { count, counted } from "../format.js";

/** Adds the command. */
export function addMerge(program: Command): void {
  joining(program.command("merge"))
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
    .action(acting(merge));
}

async function merge(context: Context, values: JoinValues & TargetValues): Promise<number> {
  const target = await targetOf(values);
  return withJoined(context, values, async (found) => {
    const written = await pourLines(context.out, context.api.mergeResults(found), target);
    const missing = found.requests - written;
    const rest = missing > 0 ? `; ${counted(missing, "request has", "requests have")} none` : "";
    const none = written === 0 ? "; no file is written" : "";
    await context.say(`results of ${count(written)} of ${counted(found.requests, "request")}${rest}${none}`);
    return missing > 0 ? exit.issues : exit.fine;
  });
}
