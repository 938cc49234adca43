// Decodes the parts of an answer that are not JSON.
import { newDecoder } from "../../runtime/utf8.js";

/** The numbers in a part of an answer. */
export const numbersOf = (bytes: Uint8Array<ArrayBuffer>): Float64Array =>
  new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);

/** The strings in a part of an answer, found and decoded on demand. Each is followed by the byte 0xff. */
export class StringColumn {
  #starts: readonly number[] | undefined;
  readonly #decoder = newDecoder();

  constructor(private readonly bytes: Uint8Array) {}

  /** Returns the string of a row. */
  at(row: number): string {
    this.#starts ??= this.#findStarts();
    const starts = this.#starts;
    return this.#decoder.decode(this.bytes.subarray(starts[row], starts[row + 1]! - 1));
  }

  #findStarts(): readonly number[] {
    const starts = [0];
    for (let end = this.bytes.indexOf(0xff); end >= 0; end = this.bytes.indexOf(0xff, end + 1)) starts.push(end + 1);
    return starts;
  }
}
