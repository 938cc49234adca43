// UTF-8 encoding and decoding, also where the platform has neither TextEncoder nor TextDecoder.

/** Decodes UTF-8. */
export interface Decoder {
  /** The string that the bytes encode. Invalid bytes become U+FFFD. */
  decode(bytes: Uint8Array): string;
}

/** Encodes strings as UTF-8. */
export interface Encoder {
  /** The UTF-8 of a string. */
  encode(text: string): Uint8Array;
  /** Writes as much of a string as fits. Returns the UTF-16 code units read and the bytes written. */
  encodeInto(text: string, into: Uint8Array): { read: number; written: number };
}

/** The platform's decoder, or our own where it has none: under Jest with jsdom, and in React Native's Hermes. */
export const newDecoder = (): Decoder =>
  typeof TextDecoder === "undefined" ? ownDecoder : new TextDecoder("utf-8", { ignoreBOM: true });

/** The platform's encoder, or our own where it has none. */
export const newEncoder = (): Encoder => (typeof TextEncoder === "undefined" ? ownEncoder : new TextEncoder());

const replacement = 0xfffd;

/** Exact for well-formed UTF-8, such as Rust writes. Elsewhere, each invalid byte becomes one U+FFFD. */
const ownDecoder: Decoder = {
  decode(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; ) {
      const lead = bytes[at++]!;
      const more = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0;
      let point = more === 0 ? (lead < 0x80 ? lead : replacement) : lead & (0x3f >> more);
      for (let left = more; left > 0; left--) {
        const next = bytes[at] ?? 0;
        if (next >> 6 !== 2) {
          point = replacement;
          break;
        }
        point = (point << 6) | (next & 0x3f);
        at++;
      }
      text += String.fromCodePoint(point > 0x10ffff ? replacement : point);
    }
    return text;
  },
};

const ownEncoder: Encoder = {
  encode(text) {
    const bytes = new Uint8Array(text.length * 3);
    return bytes.slice(0, ownEncoder.encodeInto(text, bytes).written);
  },
  encodeInto(text, into) {
    let read = 0;
    let written = 0;
    for (const character of text) {
      let point = character.codePointAt(0)!;
      if (point >> 11 === 0x1b) point = replacement; // an unpaired surrogate
      const size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (written + size > into.length) break;
      for (let at = size - 1; at > 0; at--, point >>= 6) into[written + at] = 0x80 | (point & 0x3f);
      into[written] = size === 1 ? point : ((0xf00 >> size) & 0xff) | point;
      written += size;
      read += character.length;
    }
    return { read, written };
  },
};
