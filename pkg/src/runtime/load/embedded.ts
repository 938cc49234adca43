// Decodes a module that is embedded in a JavaScript file as a string: scripts/wasm/embed.mjs describes the encoding.

/** An embedded module, as scripts/wasm/embed.mjs writes it. */
export interface Embedded {
  /** The size of the module in bytes. */
  readonly length: number;
  /** The characters that encode one byte each. */
  readonly singles: string;
  /** The two characters that shift the next one to its second or third byte. */
  readonly shifts: string;
  /**
   * The bytes that the characters encode, two hexadecimal digits each: those of the single characters, then those after
   * the first shift, then those after the second.
   */
  readonly values: string;
  /** The encoded module. */
  readonly text: string;
}

/**
 * The decoding table: `table[shift * 128 + character]` is a byte, or for a shift character its shift as a negative
 * multiple of 128.
 */
export function decodingTable({ singles, shifts, values }: Embedded): Int16Array {
  const table = new Int16Array(3 * 128);
  for (let at = 0; at < values.length / 2; at++) {
    const place = Math.floor(at / singles.length) * 128 + singles.charCodeAt(at % singles.length);
    table[place] = parseInt(values.slice(2 * at, 2 * at + 2), 16);
  }
  for (let at = 0; at < shifts.length; at++) table[shifts.charCodeAt(at)] = -128 * (at + 1);
  return table;
}

/** Decodes an embedded module. */
export function bytesOf(embedded: Embedded): Uint8Array<ArrayBuffer> {
  const { length, text } = embedded;
  const table = decodingTable(embedded);
  const bytes = new Uint8Array(length);
  for (let from = 0, to = 0, shift = 0; from < text.length; from++) {
    const byte = table[shift + text.charCodeAt(from)]!;
    if (byte < 0) shift = -byte;
    else {
      bytes[to++] = byte;
      shift = 0;
    }
  }
  return bytes;
}
