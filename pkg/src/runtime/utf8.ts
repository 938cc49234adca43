/** Makes text from UTF-8. */
export interface Decoder {
  decode(bytes: Uint8Array): string;
}

/** Makes UTF-8 from text. */
export interface Encoder {
  encode(text: string): Uint8Array;
  encodeInto(text: string, into: Uint8Array): { read: number; written: number };
}

/** The platform's decoder, or a plain one where there is none: Jest with jsdom, React Native's Hermes. */
export const newDecoder = (): Decoder =>
  typeof TextDecoder === "undefined" ? plainDecoder : new TextDecoder("utf-8", { ignoreBOM: true });

/** The platform's encoder, or a plain one where there is none. */
export const newEncoder = (): Encoder => (typeof TextEncoder === "undefined" ? plainEncoder : new TextEncoder());

const replacement = 0xfffd;

/** For what Rust wrote, which is always well-formed; in anything else each stray byte becomes one U+FFFD. */
const plainDecoder: Decoder = {
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

const plainEncoder: Encoder = {
  encode(text) {
    const bytes = new Uint8Array(text.length * 3);
    return bytes.slice(0, plainEncoder.encodeInto(text, bytes).written);
  },
  encodeInto(text, into) {
    let read = 0;
    let written = 0;
    for (const character of text) {
      let point = character.codePointAt(0)!;
      if (point >> 11 === 0x1b) point = replacement; // half of a surrogate pair
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
