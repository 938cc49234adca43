// Removes the API key from responses.
import { Transform } from "node:stream";

/** The spellings of a secret in a response: some JSON serializers write `\/` for `/`. */
export const spellingsOf = (secret: string): readonly string[] => [...new Set([secret, secret.replaceAll("/", "\\/")])];

/** Creates a stream that replaces a secret with the same number of asterisks, even if it spans chunks. */
export function redactStream(secret: string): Transform {
  const secretBytes = Buffer.from(secret);
  const asterisks = Buffer.alloc(secretBytes.length, "*");
  let carried = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const bytes = Buffer.concat([carried, chunk]);
      for (let at = bytes.indexOf(secretBytes); at >= 0; at = bytes.indexOf(secretBytes, at + secretBytes.length))
        asterisks.copy(bytes, at);
      // The chunk may end with the beginning of the secret.
      let tail = Math.min(secretBytes.length - 1, bytes.length);
      while (tail > 0 && !bytes.subarray(bytes.length - tail).equals(secretBytes.subarray(0, tail))) tail -= 1;
      carried = bytes.subarray(bytes.length - tail);
      done(null, bytes.subarray(0, bytes.length - tail));
    },
    flush(done) {
      done(null, carried);
    },
  });
}
