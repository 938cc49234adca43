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
import type { Verdicts } from "./verdict-table.js";

/** Creates a reconciliation from the module's report, the verdicts and the files that they refer to. */
export function createReconciliation(
  report: ReconciliationReport,
  table: Verdicts,
  sources: readonly (SourceFile & { readonly source: RereadableFile })[],
): Reconciliation {
  const files = sources.map(({ source }) => source);
  const fileIndexes = new Map(sources.map(({ role, index }, file) => [`${role} ${index}`, file]));
  const toRanges = (lines: Iterable<LineLocation>): LineRanges =>
    toLineRanges(lines, (role, index) => fileIndexes.get(`${role} ${index}`)!);
  const verdicts = function* (): Generator<RequestVerdict> {
    for (let row = 0; row < table.count; row++) yield table.verdictAt(row);
  };
  return {
    ...report,
    verdicts: () => ({ [Symbol.iterator]: verdicts }),
    verdictOf(customId) {
      const row = table.find(customId);
      return row === undefined ? undefined : table.verdictAt(row);
    },
    retry(options) {
      const isSelected = retryFilter(options);
      const lines: LineLocation[] = [];
      for (let row = 0; row < table.count; row++) {
        const line = table.inputOf(row);
        if (line && isSelected(table.verdictAt(row), table.retryOf(row))) lines.push(line);
      }
      return streamLines(files, toRanges(lines));
    },
    merge() {
      const lines: LineLocation[] = [];
      for (let row = 0; row < table.count; row++) {
        const line = table.resultOf(row);
        if (line) lines.push(line);
      }
      return streamLines(files, toRanges(lines));
    },
    join: <Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint>() =>
      joinResults(files, table, toRanges) as AsyncIterable<JoinedResult<Endpoint>>,
  };
}
