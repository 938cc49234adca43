// Decodes the parts of an answer that are not JSON.
import { newDecoder } from "../../runtime/utf8.js";

/** The numbers in a part of an answer. */
export const numbersOf = (bytes: Uint8Array<ArrayBuffer>): Float64Array =>
  new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);

/** The strings in a part of an answer, decoded on demand. Each is followed by the byte 0xff. */
export class StringColumn {
  readonly #starts: number[] = [0];
  readonly #decoder = newDecoder();

  constructor(private readonly bytes: Uint8Array) {
    for (let end = bytes.indexOf(0xff); end >= 0; end = bytes.indexOf(0xff, end + 1)) this.#starts.push(end + 1);
  }

  /** Returns the string of a row. */
  at(row: number): string {
    return this.#decoder.decode(this.bytes.subarray(this.#starts[row], this.#starts[row + 1]! - 1));
  }
}
