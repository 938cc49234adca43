// What bytes can be read from, and which kind of it a value is. By what it can do and by its tag, never by
// `instanceof`: values of another realm (Jest, frames, vm contexts) are as good.
import { asProblem, fileProblem, messageOf } from "./file-error.js";

/** Which part of a file is read, and where to. */
export interface HandleRead {
  /** Where in the buffer the first byte goes. */
  readonly offset: number;
  /** How many bytes at most. */
  readonly length: number;
  /** Where in the file to begin; `null`: where it stands. */
  readonly position: number | null;
}

/** What a read tells. */
export interface HandleReadResult {
  /** How many bytes were read; none at the end. */
  readonly bytesRead: number;
}

/** What an open file tells of itself. */
export interface HandleStat {
  /** How many bytes it has. */
  readonly size: number;
  /** Whether it is a file; a pipe, which can be read once only, is none. */
  isFile?(): boolean;
}

/**
 * An open file, as Node's `open` of `node:fs/promises` gives it: read at any place, as often as needed. It is not
 * closed.
 */
export interface FileHandleLike {
  /** Reads into a buffer. */
  read(buffer: Uint8Array, options: HandleRead): PromiseLike<HandleReadResult>;
  /** Tells of the file. */
  stat(): PromiseLike<HandleStat>;
}

/**
 * Where a file's bytes come from. Text is the file's content, not its name. Blobs, files, bytes, text and file handles
 * are read as often as needed; the rest can be read once, and is gathered in a Blob where its bytes are needed again. A
 * Node stream is an async iterable.
 */
export type ByteSource =
  | Blob
  | Response
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | Uint8Array
  | ArrayBuffer
  | string
  | FileHandleLike;

/** A source, sorted by how it is read. */
export type Sorted =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "blob"; readonly blob: Blob; readonly total: number }
  | { readonly kind: "handle"; readonly handle: FileHandleLike }
  | { readonly kind: "stream"; readonly stream: ReadableStream<Uint8Array>; readonly total: number | undefined }
  | { readonly kind: "iterable"; readonly iterable: AsyncIterable<Uint8Array>; readonly total: number | undefined };

/** An async iterable of the package's own that knows how many bytes it gives. */
export const size = Symbol("size");

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

const can = (value: object, ...names: readonly string[]): boolean =>
  names.every((name) => typeof (value as Record<string, unknown>)[name] === "function");

const wrong = (message: string) => fileProblem("wrong_source", message);

/** Looks at a source; what its own code throws, such as a getter or a revoked proxy, makes it a wrong one. */
export function lookedAt<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw asProblem(error, (cause) =>
      fileProblem("wrong_source", `the source cannot be looked at: ${messageOf(cause)}`, cause),
    );
  }
}

/** Sorts a source, or says what is wrong with it. */
export const sorted = (source: unknown): Sorted => lookedAt(() => kindOf(source));

function kindOf(source: unknown): Sorted {
  if (typeof source === "string") return { kind: "text", text: source };
  if (ArrayBuffer.isView(source)) return bytes(source.buffer, source.byteOffset, source.byteLength);
  const tag = tagOf(source);
  if (tag === "ArrayBuffer" || tag === "SharedArrayBuffer") {
    const buffer = source as ArrayBuffer;
    return bytes(buffer, 0, buffer.byteLength);
  }
  if (typeof source === "object" && source !== null) {
    if (can(source, "slice", "arrayBuffer")) return ofBlob(source as Blob);
    if (can(source, "arrayBuffer", "clone")) return ofResponse(source as Response);
    if (can(source, "getReader")) return ofStream(source as ReadableStream<Uint8Array>, undefined);
    if (can(source, "read", "stat")) return { kind: "handle", handle: source as FileHandleLike };
    if (Symbol.asyncIterator in source) {
      const iterable = source as AsyncIterable<Uint8Array> & { readonly [size]?: number };
      return { kind: "iterable", iterable, total: iterable[size] };
    }
  }
  const found =
    source === null ? "null" : typeof source === "object" ? (tag === "Object" ? "an object" : tag) : typeof source;
  throw wrong(
    "expected a source of bytes (a Blob or File, a Response, a ReadableStream, an async iterable of Uint8Array " +
      "such as a Node stream, a Uint8Array, an ArrayBuffer, a string with the text itself, or a file handle), " +
      `found ${found}`,
  );
}

function bytes(buffer: ArrayBufferLike, offset: number, length: number): Sorted {
  try {
    // Throws for a buffer that has been transferred.
    return { kind: "bytes", bytes: new Uint8Array(buffer, offset, length) };
  } catch (error) {
    const message = "the bytes have been transferred away, so there are none to read: give a copy";
    throw fileProblem("wrong_source", message, error);
  }
}

function ofBlob(blob: Blob): Sorted {
  const total = blob.size;
  if (Number.isSafeInteger(total) && total >= 0) return { kind: "blob", blob, total };
  throw wrong(`expected the size of the Blob to be a number of bytes, found ${String(total)}`);
}

function ofResponse(response: Response): Sorted {
  if (response.bodyUsed) throw wrong("the response has been read before: give it before reading it, or a clone");
  if (response.ok === false) throw wrong(`the response is no file: the server answered with status ${response.status}`);
  if (response.body === null || response.body === undefined) return { kind: "bytes", bytes: new Uint8Array() };
  const { headers } = response;
  // What is sent compressed has another length once it is read.
  const told = headers.has("content-encoding") ? Number.NaN : Number.parseInt(headers.get("content-length") ?? "", 10);
  return ofStream(response.body, Number.isNaN(told) ? undefined : told);
}

function ofStream(stream: ReadableStream<Uint8Array>, total: number | undefined): Sorted {
  if (stream.locked)
    throw wrong(
      "the stream is locked: somebody else reads it; give it before a reader is taken, or one branch of tee()",
    );
  return { kind: "stream", stream, total };
}
