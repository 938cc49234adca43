// Decodes the parts of an answer that are not JSON.
import { newDecoder } from "../../runtime/utf8.js";

/** The numbers in a part of an answer, which has a buffer of its own. */
export const numbersOf = ({ buffer }: Uint8Array<ArrayBuffer>): Float64Array => new Float64Array(buffer);

/** The strings in a part of an answer, found and decoded on demand. Each is followed by the byte 0xff. */
export class StringColumn {
  readonly #starts: number[] = [];
  readonly #decoder = newDecoder();

  constructor(private readonly bytes: Uint8Array) {}

  /** Returns the string of a row. */
  at(row: number): string {
    const starts = this.#starts;
    // From the start of the first string to the end of the last one.
    for (let end = 0; starts.length === 0 || end > 0; end = this.bytes.indexOf(0xff, end) + 1) starts.push(end);
    return this.#decoder.decode(this.bytes.subarray(starts[row], starts[row + 1]! - 1));
  }
}
