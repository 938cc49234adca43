/** Creates a generator of pseudorandom numbers from 0 up to 1 (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Hashes numbers and strings to a seed (FNV-1a). */
export function hashSeed(...parts: readonly (number | string)[]): number {
  let hash = 0x811c9dc5;
  for (const character of parts.join("\n")) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}

const alphabets = { hex: "0123456789abcdef", base62: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" };

/** Generates a random string of letters and digits. */
export const randomString = (random: () => number, length: number, alphabet: keyof typeof alphabets = "hex"): string =>
  Array.from({ length }, () => alphabets[alphabet][Math.floor(random() * alphabets[alphabet].length)]).join("");
