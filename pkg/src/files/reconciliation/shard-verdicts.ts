// The verdicts of shards that were reconciled by themselves, as those of one reconciliation.
import type { Retry } from "../../../generated/files-types.js";
import type { LineLocation } from "../io/line-ranges.js";
import type { RequestVerdict } from "../types.js";
import type { VerdictTable, Verdicts } from "./verdict-table.js";

/** The verdicts of some of the shards. */
interface Segment {
  /** The number of rows before it. */
  readonly start: number;
  readonly table: VerdictTable;
  /** The ids of its causes in the report on all shards. */
  readonly causeIds: ReadonlyMap<number, number>;
}

/** The verdicts of all shards, in input order. */
export class ShardVerdicts implements Verdicts {
  readonly #segments: Segment[] = [];
  #last: Segment | undefined;
  #count = 0;

  /** Adds the verdicts of the next shards. */
  add(table: VerdictTable, causeIds: ReadonlyMap<number, number>): void {
    this.#segments.push({ start: this.#count, table, causeIds });
    this.#count += table.count;
  }

  get count(): number {
    return this.#count;
  }

  verdictAt(row: number): RequestVerdict {
    const { table, start, causeIds } = this.#segmentOf(row);
    const verdict = table.verdictAt(row - start);
    return verdict.cause === undefined
      ? verdict
      : ({ ...verdict, cause: causeIds.get(verdict.cause) } as RequestVerdict);
  }

  find(customId: string): number | undefined {
    for (const { table, start } of this.#segments) {
      const row = table.find(customId);
      if (row !== undefined) return start + row;
    }
    return undefined;
  }

  retryOf(row: number): Retry {
    const { table, start } = this.#segmentOf(row);
    return table.retryOf(row - start);
  }

  inputOf(row: number): LineLocation | undefined {
    const { table, start } = this.#segmentOf(row);
    return table.inputOf(row - start);
  }

  resultOf(row: number): LineLocation | undefined {
    const { table, start } = this.#segmentOf(row);
    return table.resultOf(row - start);
  }

  /** Rows are mostly read in order, so the segment of the last one is tried first. */
  #segmentOf(row: number): Segment {
    const last = this.#last;
    if (last && row >= last.start && row < last.start + last.table.count) return last;
    const found = this.#segments.findLast(({ start }) => start <= row)!;
    this.#last = found;
    return found;
  }
}
