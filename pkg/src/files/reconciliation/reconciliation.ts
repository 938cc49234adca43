// The result of `reconcile`, with the methods that read its files again.
import type { ReconciliationReport } from "../../../generated/files-types.js";
import type { SourceFile } from "../engine/runner.js";
import {
  type LineLocation,
  type LineRanges,
  type RereadableFile,
  streamLines,
  toLineRanges,
} from "../io/line-ranges.js";
import type { BatchEndpoint } from "../jsonl-types.js";
import type { JoinedResult, Reconciliation, RequestVerdict } from "../types.js";
import { joinResults } from "./join.js";
import { retryFilter } from "./retry-filter.js";
import type { VerdictColumns } from "./verdict-columns.js";

/** Makes a reconciliation of the module's report, the verdicts and the files that they refer to. */
export function createReconciliation(
  report: ReconciliationReport,
  columns: VerdictColumns,
  sources: readonly (SourceFile & { readonly source: RereadableFile })[],
): Reconciliation {
  const files = sources.map(({ source }) => source);
  const fileIndexes = new Map(sources.map(({ role, index }, file) => [`${role} ${index}`, file]));
  const toRanges = (lines: Iterable<LineLocation>): LineRanges =>
    toLineRanges(lines, (role, index) => fileIndexes.get(`${role} ${index}`)!);
  const verdicts = function* (): Generator<RequestVerdict> {
    for (let row = 0; row < columns.count; row++) yield columns.verdictAt(row);
  };
  return {
    ...report,
    verdicts: () => ({ [Symbol.iterator]: verdicts }),
    verdictOf(customId) {
      const row = columns.find(customId);
      return row === undefined ? undefined : columns.verdictAt(row);
    },
    retry(options) {
      const isSelected = retryFilter(options);
      const lines: LineLocation[] = [];
      for (let row = 0; row < columns.count; row++) {
        const line = columns.inputOf(row);
        if (line && isSelected(columns.verdictAt(row), columns.retryOf(row))) lines.push(line);
      }
      return streamLines(files, toRanges(lines));
    },
    merge() {
      const lines: LineLocation[] = [];
      for (let row = 0; row < columns.count; row++) {
        const line = columns.resultOf(row);
        if (line) lines.push(line);
      }
      return streamLines(files, toRanges(lines));
    },
    join: <Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint>() =>
      joinResults(files, columns, toRanges) as AsyncIterable<JoinedResult<Endpoint>>,
  };
}
