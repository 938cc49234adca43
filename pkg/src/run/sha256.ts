// SHA-256 hashes of streams. WebCrypto hashes only what is completely in memory.
import { sha256 } from "@noble/hashes/sha2.js";

/** A stream that is hashed while it is read. */
export interface HashedStream {
  readonly stream: ReadableStream<Uint8Array>;
  /** The hash in hexadecimal digits and the size in bytes, after the stream has been read to its end. */
  digest(): { readonly sha256: string; readonly bytes: number };
}

/** Hashes a stream while it is read. */
export function hashed(source: ReadableStream<Uint8Array>): HashedStream {
  const hash = sha256.create();
  let bytes = 0;
  const reader = source.getReader();
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        hash.update(value);
        bytes += value.length;
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { stream, digest: () => ({ sha256: hexOf(hash.digest()), bytes }) };
}

/** Bytes in hexadecimal digits. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
