// Reconciles all files in one operation.
import type { ReconciliationReport } from "../../../generated/files-types.js";
import type { BatchClaims, OperationRequest, Runner, SourceFile } from "../engine/runner.js";
import type { RereadableFile } from "../io/line-ranges.js";
import type { FileOptions } from "../types.js";
import { VerdictTable, type Verdicts } from "./verdict-table.js";

/** The result of a reconciliation. */
export interface Reconciled {
  readonly report: ReconciliationReport;
  readonly table: Verdicts;
}

/** A file of a reconciliation. */
export type ReconciledFile = SourceFile & { readonly source: RereadableFile };

/** A request to reconcile files. Its parts are those of a {@link VerdictTable}. */
export interface ReconcileRequest extends OperationRequest {
  readonly sources: readonly ReconciledFile[];
  readonly batches: readonly BatchClaims[];
}

/** Reads the files of a reconciliation and finds the verdicts. */
export type ReadFiles = (runner: Runner, request: ReconcileRequest, options: FileOptions) => Promise<Reconciled>;

/** Reconciles all files in one operation. */
export const reconcileWhole: ReadFiles = async (runner, request, options) => {
  const answer = await runner.run(request, options);
  const report = answer.result as ReconciliationReport;
  return { report, table: new VerdictTable(answer.parts, report.causes) };
};

/** Finds the report without the verdicts: the table has no rows. Verdicts are most of an answer. */
export const withoutVerdicts =
  (read: ReadFiles): ReadFiles =>
  (runner, request, options) =>
    read(runner, { ...request, parts: [] }, options);
