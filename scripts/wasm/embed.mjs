// Writes the wasm module as text for the entry that carries it within: about one character a byte, so a fifth shorter
// than base64, and a quarter shorter once compressed, because base64 spreads each byte over two characters and hides
// repetitions from brotli.

// Printable ASCII without what a string literal, a template literal or an inline <script> would have to escape.
const alphabet = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(
  (character) => !"\"'`\\$<".includes(character),
);
const shifts = alphabet.slice(-2);
const singles = alphabet.slice(0, -2);

/**
 * The most frequent bytes become one character, themselves if printable; each other byte becomes one of two shift
 * characters and one more. pkg/src/runtime/load/embedded.ts reads it back.
 *
 * @param {Uint8Array} bytes
 * @param {{ halved?: boolean }} [options] `halved`: `text` is two exports, `head` and `tail`, each short enough for V8
 * to scan at double speed; and they are function declarations, because V8 makes a string of a text that stands in one
 * only when it is called, and of any other, an arrow function's too, at every import
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
      ? `${given("head", text.slice(0, middle))}${given("tail", text.slice(middle))}`
      : `export const text = "${text}";\n`,
  ].join("\n");
}

const given = (name, text) => `export function ${name}() {\n  return "${text}";\n}\n`;

const isSingle = (byte) => singles.includes(String.fromCharCode(byte));
