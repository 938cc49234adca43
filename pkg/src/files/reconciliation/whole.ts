// Reconciles all files in one operation.
import { AnswerPart, NumberOption, OperationCode, RoleCode } from "../../../generated/files-boundary.js";
import type { ReconciliationReport } from "../../../generated/files-types.js";
import type { BatchClaims, Runner, SourceFile } from "../engine/runner.js";
import type { RereadableFile } from "../io/line-ranges.js";
import type { FileOptions } from "../types.js";
import { VerdictTable } from "./verdict-table.js";

/** The result of a reconciliation. */
export interface Reconciled {
  readonly report: ReconciliationReport;
  readonly table: VerdictTable;
}

/** A file of a reconciliation. */
export type ReconciledFile = SourceFile & { readonly source: RereadableFile };

/** Reads the files of a reconciliation and finds the verdicts. */
export type ReadFiles = (
  runner: Runner,
  files: readonly ReconciledFile[],
  batches: readonly BatchClaims[],
  options: FileOptions,
) => Promise<Reconciled>;

/** The parts of an answer for a {@link VerdictTable}. */
export const verdictParts = [AnswerPart.Rows, AnswerPart.Ids, AnswerPart.LongIds];

/** Reconciles all files in one operation. */
export const reconcileWhole: ReadFiles = async (runner, files, batches, options) => {
  const answer = await runner.run({ ...reconcileRequest(files), batches, parts: verdictParts }, options);
  const report = answer.result as ReconciliationReport;
  const table = new VerdictTable(report.causes);
  table.add(answer.parts);
  return { report, table };
};

/** The request for an operation on these files. */
export const reconcileRequest = (files: readonly ReconciledFile[]) => ({
  operation: OperationCode.Reconcile,
  sources: files,
  numbers: [[NumberOption.InputFiles, files.filter(({ role }) => role === RoleCode.Input).length]] as const,
});
