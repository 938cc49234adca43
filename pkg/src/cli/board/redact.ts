// A text that is to leave in no answer, whatever the API echoes.
import { Transform } from "node:stream";

/** The ways in which a secret stands in a text: some write `\/` for `/` in JSON. */
export const writingsOf = (secret: string): readonly string[] => [...new Set([secret, secret.replaceAll("/", "\\/")])];

/** A stream that puts asterisks, as many, in place of a secret, wherever its chunks are cut. */
export function redacting(secret: string): Transform {
  const wanted = Buffer.from(secret);
  const stars = Buffer.alloc(wanted.length, "*");
  let held = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const bytes = Buffer.concat([held, chunk]);
      for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length))
        stars.copy(bytes, at);
      // Less than all of it may stand at the end, and go on in the next chunk.
      let tail = Math.min(wanted.length - 1, bytes.length);
      while (tail > 0 && !bytes.subarray(bytes.length - tail).equals(wanted.subarray(0, tail))) tail -= 1;
      held = bytes.subarray(bytes.length - tail);
      done(null, bytes.subarray(0, bytes.length - tail));
    },
    flush(done) {
      done(null, held);
    },
  });
}
