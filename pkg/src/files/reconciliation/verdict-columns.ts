// The requests of a reconciliation in columns, as the module says them: objects are made of them when somebody looks.
import type { Retry, Verdict } from "../../../generated/files-types.js";
import { hashBytes } from "../io/line-hash.js";
import { numbersOf, Texts } from "../engine/column-decoders.js";
import { newDecoder, newEncoder } from "../../runtime/utf8.js";
import type { RequestVerdict, ResultPlace } from "./reconcile.js";
import type { LinePlace } from "../io/line-ranges.js";

// One row has these numbers, in the order of src/wasm/files/rows.rs; -1 stands for nothing.
enum Column {
  Line,
  Shard,
  Verdict,
  Cause,
  Status,
  Attempts,
  Retry,
  File,
  Index,
  Offset,
  Length,
  End,
  InputOffset,
  InputLength,
  InputEnd,
  Hash,
  InputHash,
  Count,
}

/** What the numbers of verdicts and kinds of causes stand for. */
export interface Names {
  /** Verdicts. */
  readonly verdicts: readonly Verdict[];
  /** The retry advice, by number. */
  readonly retries: readonly Retry[];
}

/** The requests, in the order of the input. */
export class Rows {
  readonly #numbers: Float64Array;
  readonly #ids: Texts;
  readonly #longIds: Float64Array;
  #rowOf: ReadonlyMap<string | number, number> | undefined;

  /** Rows and ids as the module writes them; of long ids it writes the beginning, and apart their rows and hashes. */
  constructor(
    [numbers, ids, longIds]: readonly [
      numbers: Uint8Array<ArrayBuffer>,
      ids: Uint8Array<ArrayBuffer>,
      longIds: Uint8Array<ArrayBuffer>,
    ],
    private readonly names: Names,
  ) {
    this.#numbers = numbersOf(numbers);
    this.#ids = new Texts(ids);
    this.#longIds = numbersOf(longIds);
  }

  /** How many there are. */
  get count(): number {
    return this.#numbers.length / Column.Count;
  }

  #of(row: number, column: Column): number {
    return this.#numbers[row * Column.Count + column]!;
  }

  /** One of them. */
  at(row: number): RequestVerdict {
    const [line, cause, status] = [
      this.#of(row, Column.Line),
      this.#of(row, Column.Cause),
      this.#of(row, Column.Status),
    ];
    const result = this.#result(row);
    return {
      custom_id: this.#ids.at(row),
      ...(line >= 0 && { line, shard: this.#of(row, Column.Shard) }),
      verdict: this.names.verdicts[this.#of(row, Column.Verdict)]!,
      attempts: this.#of(row, Column.Attempts),
      ...(cause >= 0 && { cause }),
      ...(status >= 0 && { statusCode: status }),
      ...(result && { result }),
    };
  }

  /** The first one with a custom_id: by the id, or by the hash of one of which only the beginning is kept. */
  find(customId: string): number | undefined {
    this.#rowOf ??= this.#rowsById();
    const bytes = newEncoder().encode(customId);
    // As in the file, where half of a surrogate pair is U+FFFD.
    return this.#rowOf.get(newDecoder().decode(bytes)) ?? this.#rowOf.get(hashBytes(bytes));
  }

  #rowsById(): ReadonlyMap<string | number, number> {
    const hashes = new Map<number, number>();
    for (let at = 0; at < this.#longIds.length; at += 2) hashes.set(this.#longIds[at]!, this.#longIds[at + 1]!);
    const rowOf = new Map<string | number, number>();
    for (let row = this.count - 1; row >= 0; row--) rowOf.set(hashes.get(row) ?? this.#ids.at(row), row);
    return rowOf;
  }

  #result(row: number): ResultPlace | undefined {
    const file = this.#of(row, Column.File);
    if (file < 0) return undefined;
    return {
      file: file === 1 ? "output" : "error",
      index: this.#of(row, Column.Index),
      offset: this.#of(row, Column.Offset),
      length: this.#of(row, Column.Length),
    };
  }

  /** The retry advice of a row. */
  retryOf(row: number): Retry {
    return this.names.retries[this.#of(row, Column.Retry)]!;
  }

  /** Its line in the input files, if there are any. */
  input(row: number): LinePlace | undefined {
    const offset = this.#of(row, Column.InputOffset);
    if (offset < 0) return undefined;
    return {
      role: 0,
      index: this.#of(row, Column.Shard),
      offset,
      length: this.#of(row, Column.InputLength),
      end: this.#of(row, Column.InputEnd),
      hash: this.#of(row, Column.InputHash),
    };
  }

  /** The line of its best result, if it has one. */
  result(row: number): LinePlace | undefined {
    const role = this.#of(row, Column.File);
    if (role < 0) return undefined;
    return {
      role,
      index: this.#of(row, Column.Index),
      offset: this.#of(row, Column.Offset),
      length: this.#of(row, Column.Length),
      end: this.#of(row, Column.End),
      hash: this.#of(row, Column.Hash),
    };
  }
}
