// Hashes lines as the module does (src/jsonl/common/line_hash.rs), to detect that a file changed between two reads. In
// JavaScript, because lines are also read again on threads without the module, such as the page that starts workers.
const lanesCount = 16;
const blockBytes = lanesCount * 4;
const [prime, otherPrime] = [0x9e37_79b1 | 0, 0x85eb_ca77 | 0] as const;
const upperBits = (1 << 21) - 1;
/** The byte that ends a line. */
export const newline = 10;
const carriageReturn = 13;

function mix(state: number, word: number): number {
  const sum = (state + Math.imul(word, otherPrime)) | 0;
  return Math.imul((sum << 13) | (sum >>> 19), prime);
}

function spread(state: number): number {
  const mixed = Math.imul(state ^ (state >>> 15), otherPrime);
  return mixed ^ (mixed >>> 13);
}

/** Hashes complete lines, with their line breaks. */
export function hashLines(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let hash = 0;
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(newline, start);
    const next = found < 0 ? bytes.length : found + 1;
    const lineBreak = found < 0 ? 0 : found > start && bytes[found - 1] === carriageReturn ? 2 : 1;
    hash = hashLine(hash, view, start, next - lineBreak, lineBreak);
    start = next;
  }
  return hash;
}

/** Hashes bytes that are not lines. */
export const hashBytes = (bytes: Uint8Array): number =>
  hashLine(0, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length, 0);

const lanes = new Int32Array(lanesCount);

/** Adds a line to the hash of the lines before it. `lineBreak` is the length of its line break. */
function hashLine(before: number, view: DataView, start: number, end: number, lineBreak: number): number {
  lanes.fill(0);
  let at = start;
  for (const last = end - blockBytes; at <= last; )
    for (let lane = 0; lane < lanesCount; lane++, at += 4) lanes[lane] = mix(lanes[lane]!, view.getInt32(at, true));
  let lane = 0;
  for (; at <= end - 4; at += 4, lane++) lanes[lane] = mix(lanes[lane]!, view.getInt32(at, true));
  let word = 0;
  for (let byte = end - 1; byte >= at; byte--) word = (word << 8) | view.getUint8(byte);
  lanes[lane] = mix(lanes[lane]!, word);
  const length = end - start;
  // A line is always shorter than 2^32 bytes.
  let lower = mix(before | 0, length);
  let upper = mix(mix(Math.floor(before / 2 ** 32), 0), lineBreak + 1);
  for (let index = 0; index < lanesCount; index++) {
    lower = mix(lower, lanes[index]!);
    upper = mix(upper, lanes[lanesCount - 1 - index]!);
  }
  return (spread(upper) & upperBits) * 2 ** 32 + (spread(lower) >>> 0);
}
