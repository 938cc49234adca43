// `batchlight retry`: writes the requests to send again, byte for byte.
import type { Command } from "commander";
import type { Reconciliation, RequestVerdict } from "../api.js";
import { verdicts } from "../../../generated/facts.js";
import { retryNames } from "../../../generated/files-boundary.js";
import { type Context, runCommand } from "../context.js";
import { CliError, exitCodes } from "../exit.js";
import { type BatchFileOptions, addBatchFileOptions, withReconciliation } from "../io/batch-files.js";
import { printFileIssues } from "../reports/reconciliation-issues.js";
import { examples, force, commaSeparated, to } from "../options.js";
import { type WriteTargetOptions, writeLinesTo, resolveTarget } from "../io/write-target.js";
import { formatNumber, pluralize } from "../../common/format.js";

interface RetryValues extends BatchFileOptions, WriteTargetOptions {
  readonly only?: readonly string[];
}

/** Adds the command to the program. */
export function addRetry(program: Command): void {
  addBatchFileOptions(program.command("retry"))
    .summary("write the requests to retry")
    .description(
      "Writes the requests to retry, byte for byte as in the input file. Exits with code 1 if results may be " +
        "missing, because a line could not be read or the counts of a batch differ.",
    )
    .option(
      "--only <kinds...>",
      "requests to write: verdicts (failed, missing, …), retry classes (transient: retryable, permanent: needs a " +
        "change, unknown), error codes, or cause numbers from reconcile; default: missing and transient",
      commaSeparated,
    )
    .addOption(to("output file; default: standard output"))
    .addOption(force())
    .addHelpText(
      "after",
      examples(
        [
          "batchlight retry --input requests.jsonl --output output.jsonl --error error.jsonl -o again.jsonl",
          "write the retryable requests",
        ],
        [
          "batchlight retry --input requests.jsonl --output output.jsonl --only failed,missing -o again.jsonl",
          "write all requests that failed or have no result",
        ],
        [
          "batchlight retry --input requests.jsonl --output output.jsonl --error error.jsonl --only transient | wc -l",
          "count the retryable failures",
        ],
      ),
    )
    .action(runCommand(retry));
}

async function retry(context: Context, values: RetryValues): Promise<number> {
  const { out } = context;
  const target = await resolveTarget(values);
  return withReconciliation(context, values, async (reconciliation, files) => {
    const choice = values.only === undefined ? {} : { verdicts, where: createFilter(reconciliation, values.only) };
    const written = await writeLinesTo(out, reconciliation.retry(choice), target);
    const all = pluralize(reconciliation.requests, "request");
    await context.log(
      written === 0 ? `0 of ${all} to retry; no file written` : `${formatNumber(written)} of ${all} to retry`,
    );
    return (await printFileIssues(context.err, reconciliation, files)) ? exitCodes.issues : exitCodes.ok;
  });
}

/**
 * Creates a predicate for the selected kinds of requests.
 *
 * @throws {CliError} for unknown kinds
 */
function createFilter(reconciliation: Reconciliation, kinds: readonly string[]): (verdict: RequestVerdict) => boolean {
  // A cause can be selected by its number, its code or its retry class.
  const names = new Map(
    reconciliation.causes.map(({ id, code, retry: retryClass }) => [
      id,
      [String(id), retryClass, ...(code ? [code] : [])],
    ]),
  );
  const general: readonly string[] = [...verdicts, ...retryNames];
  const known = new Set([...general, ...[...names.values()].flat()]);
  const unknownKind = kinds.find((kind) => !known.has(kind));
  if (unknownKind !== undefined) throw new CliError(`--only ${unknownKind}: expected one of ${[...known].join(", ")}`);
  const wanted = new Set(kinds);
  const wantedCauses = new Set([...names].filter(([, own]) => own.some((name) => wanted.has(name))).map(([id]) => id));
  return ({ verdict, cause }) => wanted.has(verdict) || (cause !== undefined && wantedCauses.has(cause));
}
