// `reconcile`: matches result files with their input files.
import { AnswerPart, NumberOption, OperationCode, RoleCode } from "../../../generated/files-boundary.js";
import type { Runner } from "../engine/runner.js";
import { classifySource, inspectSource } from "../io/byte-source.js";
import { toRereadable } from "../io/line-ranges.js";
import { readOptions } from "../operations/options.js";
import { sourceFiles } from "../operations/source-files.js";
import type { ReconcileOptions, ReconcileSources, Reconciliation } from "../types.js";
import { batchClaims } from "./batch-claims.js";
import { createReconciliation } from "./reconciliation.js";
import { type ReadFiles, type ReconciledFile, reconcileWhole } from "./whole.js";

/** Creates `reconcile` for a runner, with a function that reads the files. */
export const reconcileOn =
  (runner: Runner, read: ReadFiles = reconcileWhole) =>
  async (sources: ReconcileSources, options?: ReconcileOptions): Promise<Reconciliation> => {
    // Throws the error for a value that is not a source.
    if (typeof sources !== "object" || sources === null) classifySource(sources);
    const { input, output, error } = inspectSource(() => pick(sources));
    const inputs = sourceFiles(input, RoleCode.Input);
    const allFiles = [...inputs, ...sourceFiles(output, RoleCode.Output), ...sourceFiles(error, RoleCode.Error)];
    const own = readOptions(options, ["batch"]);
    const batches = batchClaims(own.batch);
    const files: ReconciledFile[] = [];
    for (const file of allFiles) files.push({ ...file, source: await toRereadable(file.source, own) });
    const { report, table } = await read(
      runner,
      {
        operation: OperationCode.Reconcile,
        sources: files,
        numbers: [[NumberOption.InputFiles, inputs.length]],
        batches,
        parts: [AnswerPart.Rows, AnswerPart.Ids, AnswerPart.LongIds],
      },
      own,
    );
    return createReconciliation(report, table, files);
  };

/** Reads each property once. */
const pick = ({ input, output, error }: ReconcileSources): ReconcileSources => ({ input, output, error });
