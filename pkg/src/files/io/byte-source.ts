// Classifies sources of bytes. Values are recognized by their methods and tags instead of `instanceof`, because values
// of another realm (Jest, frames, vm contexts) are valid, too.
import type { FileHandleLike } from "../types.js";
import { messageOf } from "../../common/thrown.js";
import { fileError, toFileError } from "./file-error.js";

/** A source, classified by how it is read. `total` is its size in bytes, if known. */
export type ClassifiedSource =
  | { readonly kind: "string"; readonly string: string }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "blob"; readonly blob: Blob; readonly total: number }
  | { readonly kind: "handle"; readonly handle: FileHandleLike }
  | { readonly kind: "stream"; readonly stream: ReadableStream<Uint8Array>; readonly total: number | undefined }
  | { readonly kind: "iterable"; readonly iterable: AsyncIterable<Uint8Array>; readonly total: number | undefined };

/** The property with the total size in bytes of the package's own async iterables. */
export const totalSize = Symbol("totalSize");

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

const hasMethods = (value: object, ...names: readonly string[]): boolean =>
  names.every((name) => typeof (value as Record<string, unknown>)[name] === "function");

const wrongSource = (message: string) => fileError("wrong_source", message);

/** Reads properties of a source. Whatever its own code throws, such as a getter, becomes a `wrong_source` error. */
export function inspectSource<T>(inspect: () => T): T {
  try {
    return inspect();
  } catch (error) {
    throw toFileError(error, (cause) =>
      fileError("wrong_source", `the source's properties could not be read: ${messageOf(cause)}`, cause),
    );
  }
}

/**
 * Classifies a source.
 *
 * @throws {BatchlightFileError} if the value is not a source
 */
export const classifySource = (source: unknown): ClassifiedSource => inspectSource(() => classify(source));

function classify(source: unknown): ClassifiedSource {
  if (typeof source === "string") return { kind: "string", string: source };
  if (ArrayBuffer.isView(source)) return ofBuffer(source.buffer, source.byteOffset, source.byteLength);
  const tag = tagOf(source);
  if (tag === "ArrayBuffer" || tag === "SharedArrayBuffer") {
    const buffer = source as ArrayBuffer;
    return ofBuffer(buffer, 0, buffer.byteLength);
  }
  if (typeof source === "object" && source !== null) {
    // The Blobs of jsdom have no method that reads them.
    const isBlob = () => hasMethods(source, "arrayBuffer") || tag === "Blob" || tag === "File";
    if (hasMethods(source, "slice") && isBlob()) return ofBlob(source as Blob);
    if (hasMethods(source, "arrayBuffer", "clone")) return ofResponse(source as Response);
    if (hasMethods(source, "getReader")) return ofStream(source as ReadableStream<Uint8Array>, undefined);
    if (hasMethods(source, "read", "stat")) return { kind: "handle", handle: source as FileHandleLike };
    if (Symbol.asyncIterator in source) {
      const iterable = source as AsyncIterable<Uint8Array> & { readonly [totalSize]?: number };
      return { kind: "iterable", iterable, total: iterable[totalSize] };
    }
  }
  const found =
    source === null ? "null" : typeof source === "object" ? (tag === "Object" ? "an object" : tag) : typeof source;
  throw wrongSource(
    "expected a source of bytes (a Blob or File, a Response, a ReadableStream, an async iterable of Uint8Array " +
      "such as a Node stream, a Uint8Array, an ArrayBuffer, a string with the content, or a file handle), " +
      `found ${found}`,
  );
}

function ofBuffer(buffer: ArrayBufferLike, offset: number, length: number): ClassifiedSource {
  try {
    // Throws for a detached buffer.
    return { kind: "bytes", bytes: new Uint8Array(buffer, offset, length) };
  } catch (error) {
    throw fileError("wrong_source", "expected bytes, found a detached buffer; transfer a copy instead", error);
  }
}

function ofBlob(blob: Blob): ClassifiedSource {
  const total = blob.size;
  if (Number.isSafeInteger(total) && total >= 0) return { kind: "blob", blob, total };
  throw wrongSource(`expected the size of the Blob to be a number of bytes, found ${String(total)}`);
}

function ofResponse(response: Response): ClassifiedSource {
  if (response.bodyUsed)
    throw wrongSource("expected an unread response, found one that was read; pass a clone of the response");
  if (response.ok === false) throw wrongSource(`expected a successful response, found status ${response.status}`);
  if (response.body === null || response.body === undefined) return { kind: "bytes", bytes: new Uint8Array() };
  const { headers } = response;
  // Content-Length is the compressed size of a compressed response.
  const length = headers.has("content-encoding")
    ? Number.NaN
    : Number.parseInt(headers.get("content-length") ?? "", 10);
  return ofStream(response.body, Number.isNaN(length) ? undefined : length);
}

function ofStream(stream: ReadableStream<Uint8Array>, total: number | undefined): ClassifiedSource {
  if (stream.locked)
    throw wrongSource(
      "expected an unlocked stream, found one with a reader; release the reader or pass a branch of tee()",
    );
  return { kind: "stream", stream, total };
}
