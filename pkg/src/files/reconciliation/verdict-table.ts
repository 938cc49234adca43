// The verdicts of a reconciliation as rows of numbers, as the WebAssembly module writes them. Objects are created on
// demand.
import {
  RoleCode,
  roleNames,
  RowColumn,
  retryNames,
  rowWidths,
  verdictNames,
} from "../../../generated/files-boundary.js";
import type { Cause, Retry } from "../../../generated/files-types.js";
import { newDecoder, newEncoder } from "../../runtime/utf8.js";
import { numbersOf, StringColumn } from "../engine/column-decoders.js";
import { hashBytes } from "../io/line-hash.js";
import type { LineLocation } from "../io/line-ranges.js";
import type { RequestVerdict, ResultRange } from "../types.js";

type Bytes = Uint8Array<ArrayBuffer>;

/** What stands for a part that was not requested. */
const noBytes: Bytes = new Uint8Array(0);

let rowLength = 0;
/** The offset of each column in a row. */
const columnOffsets = rowWidths.map((width) => {
  const offset = rowLength;
  rowLength += width;
  return offset;
});

/** The verdicts of all requests, in input order. */
export interface Verdicts
  extends Pick<VerdictTable, "count" | "verdictAt" | "find" | "retryOf" | "inputOf" | "resultOf"> {}

/** The verdicts that an operation has found. */
export class VerdictTable {
  readonly #rows: DataView;
  readonly #ids: StringColumn;
  readonly #longIds: Float64Array;
  readonly #causes: readonly Cause[];
  #rowOf: ReadonlyMap<string | number, number> | undefined;

  /**
   * Takes the parts `Rows`, `Ids` and `LongIds` of an answer, and the causes of its report. Without parts, the table
   * has no rows.
   */
  constructor([rows = noBytes, ids = noBytes, longIds = noBytes]: readonly Bytes[], causes: readonly Cause[]) {
    this.#rows = new DataView(rows.buffer);
    this.#ids = new StringColumn(ids);
    this.#longIds = numbersOf(longIds);
    this.#causes = causes;
  }

  /** The number of requests, one for each row. */
  get count(): number {
    return this.#rows.byteLength / rowLength;
  }

  #get(row: number, column: RowColumn): number {
    const rows = this.#rows;
    const at = row * rowLength + columnOffsets[column]!;
    const width = rowWidths[column]!;
    return width < 4 ? rows.getInt8(at) : width < 8 ? rows.getInt32(at, true) : rows.getFloat64(at, true);
  }

  /** Returns the verdict of a row. */
  verdictAt(row: number): RequestVerdict {
    const line = this.#get(row, RowColumn.Line);
    const verdict = verdictNames[this.#get(row, RowColumn.Verdict)]!;
    const statusCode = this.#get(row, RowColumn.StatusCode);
    const result = this.resultOf(row);
    const cause = this.#get(row, RowColumn.Cause);
    return {
      custom_id: this.#ids.at(row),
      ...(line >= 0 && { line, shard: this.#get(row, RowColumn.Shard) }),
      verdict,
      attempts: this.#get(row, RowColumn.Attempts),
      ...((verdict === "failed" || verdict === "incomplete") && { cause }),
      ...(verdict === "incomplete" && { reason: this.#causes.find(({ id }) => id === cause)?.code }),
      ...(statusCode >= 0 && { statusCode }),
      ...(result && { result: rangeOf(result) }),
    } as RequestVerdict;
  }

  /** Returns the first row with a custom_id. Truncated ids are found by the hash of the complete id. */
  find(customId: string): number | undefined {
    this.#rowOf ??= this.#indexRows();
    const bytes = newEncoder().encode(customId);
    // Encoding replaces a lone surrogate with U+FFFD, as in the file.
    return this.#rowOf.get(newDecoder().decode(bytes)) ?? this.#rowOf.get(hashBytes(bytes));
  }

  #indexRows(): ReadonlyMap<string | number, number> {
    const hashes = new Map<number, number>();
    for (let index = 0; index < this.#longIds.length; index += 2)
      hashes.set(this.#longIds[index]!, this.#longIds[index + 1]!);
    const rowOf = new Map<string | number, number>();
    // Backwards, so that the first row of a duplicate id replaces the others.
    for (let row = this.count - 1; row >= 0; row--) rowOf.set(hashes.get(row) ?? this.#ids.at(row), row);
    return rowOf;
  }

  /** Returns the retry advice for a row. */
  retryOf(row: number): Retry {
    return retryNames[this.#get(row, RowColumn.Retry)]!;
  }

  /** Returns the location of the request of a row, if there are input files. */
  inputOf(row: number): LineLocation | undefined {
    const offset = this.#get(row, RowColumn.InputOffset);
    if (offset < 0) return undefined;
    return {
      role: RoleCode.Input,
      index: this.#get(row, RowColumn.Shard),
      offset,
      length: this.#get(row, RowColumn.InputLength),
      lineBreak: this.#get(row, RowColumn.InputLineBreak),
      hash: this.#get(row, RowColumn.InputHash),
    };
  }

  /** Returns the location of the best result of a row, if it has one. */
  resultOf(row: number): LineLocation | undefined {
    const role = this.#get(row, RowColumn.ResultRole);
    if (role < 0) return undefined;
    return {
      role,
      index: this.#get(row, RowColumn.ResultIndex),
      offset: this.#get(row, RowColumn.ResultOffset),
      length: this.#get(row, RowColumn.ResultLength),
      lineBreak: this.#get(row, RowColumn.ResultLineBreak),
      hash: this.#get(row, RowColumn.ResultHash),
    };
  }
}

/** The location of a result as users see it. */
const rangeOf = ({ role, index, offset, length }: LineLocation): ResultRange => ({
  file: roleNames[role] as ResultRange["file"],
  index,
  offset,
  length,
});
