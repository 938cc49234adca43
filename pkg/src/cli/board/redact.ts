// A text that is to leave in no answer, whatever the API echoes.
import { Transform } from "node:stream";

/** The ways in which a secret stands in a text: some write `\/` for `/` in JSON. */
export const spellingsOf = (secret: string): readonly string[] => [...new Set([secret, secret.replaceAll("/", "\\/")])];

/** A stream that puts asterisks, as many, in place of a secret, wherever its chunks are cut. */
export function redactStream(secret: string): Transform {
  const secretBytes = Buffer.from(secret);
  const asterisks = Buffer.alloc(secretBytes.length, "*");
  let carried = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const bytes = Buffer.concat([carried, chunk]);
      for (let at = bytes.indexOf(secretBytes); at >= 0; at = bytes.indexOf(secretBytes, at + secretBytes.length))
        asterisks.copy(bytes, at);
      // Less than all of it may stand at the end, and go on in the next chunk.
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
