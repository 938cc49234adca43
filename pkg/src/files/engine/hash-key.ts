// The key of the hashes of an operation.

/** 128 random bits. With a known key, an attacker could write files whose ids have the same hash. */
export function randomKey(): Uint32Array {
  const key = new Uint32Array(4);
  if (typeof globalThis.crypto?.getRandomValues === "function") return crypto.getRandomValues(key);
  // Old and minimal engines have no crypto. Their Math.random is still harder to predict than a fixed key.
  return key.map(() => Math.random() * 2 ** 32);
}
