// `reconcile`: matches result files with their input files.
import { AnswerPart, NumberOption, OperationCode, RoleCode } from "../../../generated/files-boundary.js";
import type { ReconciliationReport } from "../../../generated/files-types.js";
import type { Runner, SourceFile } from "../engine/runner.js";
import { classifySource, inspectSource } from "../io/byte-source.js";
import { type RereadableFile, toRereadable } from "../io/line-ranges.js";
import { readOptions } from "../operations/options.js";
import { sourceFiles } from "../operations/source-files.js";
import type { ReconcileOptions, ReconcileSources, Reconciliation } from "../types.js";
import { batchClaims } from "./batch-claims.js";
import { createReconciliation } from "./reconciliation.js";
import { VerdictTable } from "./verdict-table.js";

/** Creates `reconcile` for a runner. */
export const reconcileOn =
  (runner: Runner) =>
  async (sources: ReconcileSources, options?: ReconcileOptions): Promise<Reconciliation> => {
    // Throws the error for a value that is not a source.
    if (typeof sources !== "object" || sources === null) classifySource(sources);
    const { input, output, error } = inspectSource(() => pick(sources));
    const inputs = sourceFiles(input, RoleCode.Input);
    const allFiles = [...inputs, ...sourceFiles(output, RoleCode.Output), ...sourceFiles(error, RoleCode.Error)];
    const own = readOptions(options, ["batch"]);
    const batches = batchClaims(own.batch);
    const files: (SourceFile & { readonly source: RereadableFile })[] = [];
    for (const file of allFiles) files.push({ ...file, source: await toRereadable(file.source, own) });
    const { result, parts } = await runner.run(
      {
        operation: OperationCode.Reconcile,
        sources: files,
        numbers: [[NumberOption.InputFiles, inputs.length]],
        batches,
        parts: [AnswerPart.Rows, AnswerPart.Ids, AnswerPart.LongIds],
      },
      own,
    );
    const report = result as ReconciliationReport;
    const table = new VerdictTable(parts[0]!, parts[1]!, parts[2]!, report.causes);
    return createReconciliation(report, table, files);
  };

/** Reads each property once. */
const pick = ({ input, output, error }: ReconcileSources): ReconcileSources => ({ input, output, error });
