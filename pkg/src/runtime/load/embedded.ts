/** The module as text, as scripts/wasm/embed.mjs wrote it. */
export interface Embedded {
  /** How many bytes the module has. */
  readonly length: number;
  /** The characters that stand for one byte each. */
  readonly singles: string;
  /** The characters that give the next one its second and third meaning. */
  readonly shifts: string;
  /**
   * The bytes meant, two hexadecimal digits each: those of the singles alone, then after the first shift, then after
   * the second.
   */
  readonly values: string;
  /** The module. */
  readonly text: string;
}

/**
 * What each character means: `meaning[shift * 128 + character]` is a byte, or below zero the shift that it announces,
 * times 128.
 */
export function meaningOf({ singles, shifts, values }: Embedded): Int16Array {
  const meaning = new Int16Array(3 * 128);
  for (let at = 0; at < values.length / 2; at++) {
    const place = Math.floor(at / singles.length) * 128 + singles.charCodeAt(at % singles.length);
    meaning[place] = parseInt(values.slice(2 * at, 2 * at + 2), 16);
  }
  for (let at = 0; at < shifts.length; at++) meaning[shifts.charCodeAt(at)] = -128 * (at + 1);
  return meaning;
}

/** The bytes of an embedded module. */
export function bytesOf(embedded: Embedded): Uint8Array<ArrayBuffer> {
  const { length, text } = embedded;
  const meaning = meaningOf(embedded);
  const bytes = new Uint8Array(length);
  for (let from = 0, to = 0, shift = 0; from < text.length; from++) {
    const byte = meaning[shift + text.charCodeAt(from)]!;
    if (byte < 0) shift = -byte;
    else {
      bytes[to++] = byte;
      shift = 0;
    }
  }
  return bytes;
}
