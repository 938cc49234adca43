// Encodes a WebAssembly module as a string, with about one character for each byte. This is a fifth shorter than
// base64, and a quarter shorter after compression, because base64 spreads each byte over two characters, which hides
// repetitions from brotli.

// Printable ASCII without the characters that string literals, template literals and inline scripts must escape.
const alphabet = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(
  (character) => !"\"'`\\$<".includes(character),
);
const shifts = alphabet.slice(-2);
const singles = alphabet.slice(0, -2);

/**
 * Encodes each of the most frequent bytes as one character, which is the byte itself if it is printable, and each other
 * byte as one of two shift characters and another one. pkg/src/runtime/load/embedded.ts decodes it.
 *
 * @param {Uint8Array} bytes
 * @param {{ halved?: boolean }} [options] with `halved`, the string is split into two function declarations, `head` and
 * `tail`: V8 scans each half twice as fast, and creates the strings only when the functions are called. A string
 * outside of a function declaration, even in an arrow function, would be created at every import
 * @returns {string} a TypeScript module that exports `length`, `singles`, `shifts`, `values` and `text`
 */
export function embed(bytes, { halved = false } = {}) {
  const count = new Array(256).fill(0);
  for (const byte of bytes) count[byte]++;
  const frequent = [...count.keys()].sort((a, b) => count[b] - count[a] || a - b).slice(0, singles.length);
  const written = new Map(frequent.filter(isSingle).map((byte) => [byte, String.fromCharCode(byte)]));
  const left = singles.filter((character) => !written.has(character.charCodeAt(0)));
  for (const byte of frequent) if (!written.has(byte)) written.set(byte, left.shift());
  const byteOf = new Map([...written].map(([byte, character]) => [character, byte]));
  const rare = [...count.keys()].filter((byte) => !written.has(byte));
  for (const [at, byte] of rare.entries())
    written.set(byte, shifts[Math.floor(at / singles.length)] + singles[at % singles.length]);
  const values = [...singles.map((character) => byteOf.get(character)), ...rare];
  const text = Array.from(bytes, (byte) => written.get(byte)).join("");
  const middle = text.length >> 1;
  return [
    `export const length = ${bytes.length};`,
    `export const singles = ${JSON.stringify(singles.join(""))};`,
    `export const shifts = ${JSON.stringify(shifts.join(""))};`,
    `export const values = "${Buffer.from(values).toString("hex")}";`,
    halved
      ? `${asFunction("head", text.slice(0, middle))}${asFunction("tail", text.slice(middle))}`
      : `export const text = "${text}";\n`,
  ].join("\n");
}

const asFunction = (name, text) => `export function ${name}() {\n  return "${text}";\n}\n`;

const isSingle = (byte) => singles.includes(String.fromCharCode(byte));
