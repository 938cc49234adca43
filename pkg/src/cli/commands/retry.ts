// batchlight retry: the requests to send again, byte for byte as they were.
import type { Command } from "commander";
import type { Cause, Reconciliation, RequestVerdict } from "../api.js";
import { type Context, acting } from "../context.js";
import { Trouble, exit } from "../exit.js";
import { type JoinValues, joining, withJoined } from "../batch-files.js";
import { examples, force, listed, to } from "../options.js";
import { type TargetValues, pourLines, targetOf } from "../write-target.js";
import { count, counted } from "../format.js";

interface RetryValues extends JoinValues, TargetValues {
  readonly only?: readonly string[];
}

/** Adds the command. */
export function addRetry(program: Command): void {
  joining(program.command("retry"))
    .summary("write the requests to send again")
    .description("Writes the requests that are to be sent again, byte for byte as they stand in the input file.")
    .option(
      "--only <kinds...>",
      "which: a verdict (failed, missing, …), failures that pass or not (transient, permanent, unknown), an error " +
        "code, or a cause by its number as reconcile shows it; by default what is missing and what passes",
      listed,
    )
    .addOption(to("where the requests go; by default standard output"))
    .addOption(force())
    .addHelpText(
      "after",
      examples(
        [
          "batchlight retry --input requests.jsonl --output output.jsonl --error error.jsonl -o again.jsonl",
          "what is worth sending again",
        ],
        [
          "batchlight retry --input requests.jsonl --error error.jsonl --only failed,missing -o again.jsonl",
          "all that has no result",
        ],
        [
          "batchlight retry --input requests.jsonl --error error.jsonl --only transient | wc -l",
          "how many failures may pass",
        ],
      ),
    )
    .action(acting(retry));
}

async function retry(context: Context, values: RetryValues): Promise<number> {
  const { api, out } = context;
  const target = await targetOf(values);
  return withJoined(context, values, async (found) => {
    // By itself, what sending again helps as it is.
    const choice =
      values.only === undefined ? ({ retry: "transient" } as const) : { verdicts, where: chooser(found, values.only) };
    const written = await pourLines(out, api.writeRetry(found, choice), target);
    const all = counted(found.requests, "request");
    await context.say(
      written === 0
        ? `nothing of ${all} to send again; no file is written`
        : `${count(written)} of ${all} to send again`,
    );
    return exit.fine;
  });
}

const verdicts: readonly RequestVerdict["verdict"][] = ["succeeded", "failed", "missing", "duplicate", "conflicting"];
const retries: readonly Cause["retry"][] = ["transient", "permanent", "unknown"];

/** Tells whether a request is one of the kinds that were asked for. */
function chooser(found: Reconciliation, kinds: readonly string[]): (verdict: RequestVerdict) => boolean {
  // Each cause answers to its number, its code, and whether it passes.
  const names = new Map(
    found.causes.map(({ id, code, retry: passes }) => [id, [String(id), passes, ...(code ? [code] : [])]]),
  );
  const general: readonly string[] = [...verdicts, ...retries];
  const known = new Set([...general, ...[...names.values()].flat()]);
  const wrong = kinds.find((kind) => !known.has(kind));
  if (wrong !== undefined) throw new Trouble(`--only ${wrong}: expected one of ${[...known].join(", ")}`);
  const wanted = new Set(kinds);
  const wantedCauses = new Set([...names].filter(([, own]) => own.some((name) => wanted.has(name))).map(([id]) => id));
  return ({ verdict, cause }) =>
    wanted.has(verdict) || (verdict === "failed" && cause !== undefined && wantedCauses.has(cause));
}
