// What the module says in other forms than JSON: texts one after the other, and numbers.
import { newDecoder } from "../../runtime/utf8.js";

/** The numbers in a part of an answer. */
export const numbersOf = (bytes: Uint8Array<ArrayBuffer>): Float64Array =>
  new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);

/** Texts in a part of an answer, read when asked for: each is ended by a byte that no UTF-8 has. */
export class Texts {
  readonly #starts: number[] = [0];

  constructor(private readonly bytes: Uint8Array) {
    for (let end = bytes.indexOf(0xff); end >= 0; end = bytes.indexOf(0xff, end + 1)) this.#starts.push(end + 1);
  }

  readonly #decoder = newDecoder();

  /** How many there are. */
  get count(): number {
    return this.#starts.length - 1;
  }

  /** One of them. */
  at(index: number): string {
    return this.#decoder.decode(this.bytes.subarray(this.#starts[index], this.#starts[index + 1]! - 1));
  }
}
