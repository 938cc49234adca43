// `batchlight retry`: writes the requests to send again, byte for byte.
import type { Command } from "commander";
import type { Cause, Reconciliation, RequestVerdict } from "../api.js";
import { type Context, runCommand } from "../context.js";
import { CliError, exitCodes } from "../exit.js";
import { type BatchFileOptions, addBatchFileOptions, withReconciliation } from "../batch-files.js";
import { examples, force, commaSeparated, to } from "../options.js";
import { type WriteTargetOptions, writeLinesTo, resolveTarget } from "../write-target.js";
import { formatNumber, pluralize } from "../format.js";

interface RetryValues extends BatchFileOptions, WriteTargetOptions {
  readonly only?: readonly string[];
}

/** Adds the command to the program. */
export function addRetry(program: Command): void {
  addBatchFileOptions(program.command("retry"))
    .summary("write the requests to send again")
    .description("Writes the requests that are to be sent again, byte for byte as they stand in the input file.")
    .option(
      "--only <kinds...>",
      "which: a verdict (failed, missing, …), failures that pass or not (transient, permanent, unknown), an error " +
        "code, or a cause by its number as reconcile shows it; by default what is missing and what passes",
      commaSeparated,
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
    .action(runCommand(retry));
}

async function retry(context: Context, values: RetryValues): Promise<number> {
  const { api, out } = context;
  const target = await resolveTarget(values);
  return withReconciliation(context, values, async (reconciliation) => {
    // The default: missing requests and transient failures.
    const choice =
      values.only === undefined
        ? ({ retry: "transient" } as const)
        : { verdicts, where: chooser(reconciliation, values.only) };
    const written = await writeLinesTo(out, api.writeRetry(reconciliation, choice), target);
    const all = pluralize(reconciliation.requests, "request");
    await context.log(
      written === 0
        ? `nothing of ${all} to send again; no file is written`
        : `${formatNumber(written)} of ${all} to send again`,
    );
    return exitCodes.ok;
  });
}

const verdicts: readonly RequestVerdict["verdict"][] = ["succeeded", "failed", "missing", "duplicate", "conflicting"];
const retries: readonly Cause["retry"][] = ["transient", "permanent", "unknown"];

/**
 * Creates a predicate for the selected kinds of requests.
 *
 * @throws {CliError} for unknown kinds
 */
function chooser(reconciliation: Reconciliation, kinds: readonly string[]): (verdict: RequestVerdict) => boolean {
  // A cause can be selected by its number, its code or its retry class.
  const names = new Map(
    reconciliation.causes.map(({ id, code, retry: retryClass }) => [
      id,
      [String(id), retryClass, ...(code ? [code] : [])],
    ]),
  );
  const general: readonly string[] = [...verdicts, ...retries];
  const known = new Set([...general, ...[...names.values()].flat()]);
  const wrong = kinds.find((kind) => !known.has(kind));
  if (wrong !== undefined) throw new CliError(`--only ${wrong}: expected one of ${[...known].join(", ")}`);
  const wanted = new Set(kinds);
  const wantedCauses = new Set([...names].filter(([, own]) => own.some((name) => wanted.has(name))).map(([id]) => id));
  return ({ verdict, cause }) =>
    wanted.has(verdict) || (verdict === "failed" && cause !== undefined && wantedCauses.has(cause));
}
