// Parses multipart forms as a stream, because a file may be larger than memory. `Request.formData` buffers the whole
// form, and Node's version rejects the forms of .NET, which do not quote parameters and send the file name twice.
import { getMultipartBoundary, MultipartPart } from "@remix-run/multipart-parser";
import { uploadChunks } from "./request-body.js";
import { throwApiError } from "./api-error.js";

/** A part of a form. */
export interface FormPart {
  /** The name of the field. */
  readonly name: string | undefined;
  /** The name of the file. Undefined for other fields. */
  readonly filename: string | undefined;
  /** The content. Unread content is skipped when the next part is read. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** The maximum number of parts. */
const maxParts = 64;
/** The maximum size of the header of a part, in bytes. */
const maxHeaderBytes = 8 << 10;
/** The maximum length of a field, in UTF-16 code units. */
const maxFieldLength = 64 << 10;

const throwInvalidForm = (): never => throwApiError("body", "multipart/form-data");

/** Parses the form of a request, part by part. */
export async function* parseMultipart(request: Request): AsyncGenerator<FormPart> {
  const chunks = uploadChunks(request);
  const type = request.headers.get("content-type") ?? "";
  const boundary = /^multipart\/form-data\b/i.test(type) && getMultipartBoundary(type)?.trim();
  if (!boundary || boundary.length > 200) return throwInvalidForm();
  const events = multipartEvents(chunks, boundary);
  let count = 0;
  try {
    for (let event = await events.next(); !event.done; event = await events.next()) {
      if (!("header" in event.value)) continue;
      if (++count > maxParts) throwInvalidForm();
      yield { ...parseNames(event.value.header), chunks: chunksUpToEnd(events) };
    }
  } finally {
    // Also cancels the request's body if the consumer stops early.
    await events.return(undefined);
  }
}

async function* chunksUpToEnd(events: AsyncGenerator<FormEvent>): AsyncGenerator<Uint8Array> {
  for (let event = await events.next(); !event.done && "chunk" in event.value; event = await events.next())
    yield event.value.chunk;
}

/** Reads a field as a string. */
export async function readField({ chunks }: FormPart): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxFieldLength) throwInvalidForm();
  }
  return text + decoder.decode();
}

function parseNames(header: Uint8Array): Pick<FormPart, "name" | "filename"> {
  try {
    const part = new MultipartPart(header, []);
    return { name: part.name, filename: part.isFile ? (part.filename ?? "") : undefined };
  } catch {
    return throwInvalidForm();
  }
}

type FormEvent = { readonly header: Uint8Array } | { readonly chunk: Uint8Array } | { readonly end: true };

/** Splits a form into headers, content chunks and ends of parts, as RFC 2046 specifies. */
async function* multipartEvents(chunks: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<FormEvent> {
  const delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
  // The first delimiter has no line break before it.
  let bytes: Uint8Array = delimiter.slice(0, 2);
  let state: "start" | "delimiter" | "header" | "body" | "done" = "start";
  for await (const chunk of chunks) {
    // Reads and ignores the epilogue.
    if (state === "done") continue;
    bytes = concatBytes(bytes, chunk);
    for (let needsMore = false; !needsMore && state !== "done"; ) {
      if (state === "start") {
        needsMore = bytes.length < delimiter.length;
        if (needsMore) continue;
        if (indexOf(bytes, delimiter) !== 0) throwInvalidForm();
        bytes = bytes.subarray(delimiter.length);
        state = "delimiter";
      } else if (state === "delimiter") {
        needsMore = bytes.length < 2;
        if (needsMore) continue;
        const [first, second] = bytes;
        if (first === dash && second === dash) state = "done";
        else if (first === carriageReturn && second === lineFeed) state = "header";
        else throwInvalidForm();
        bytes = bytes.subarray(2);
      } else if (state === "header") {
        const end = indexOf(bytes, headerEnd);
        if ((end < 0 ? bytes.length : end) > maxHeaderBytes) throwInvalidForm();
        needsMore = end < 0;
        if (needsMore) continue;
        yield { header: bytes.slice(0, end) };
        bytes = bytes.subarray(end + headerEnd.length);
        state = "body";
      } else {
        const end = indexOf(bytes, delimiter);
        const safeLength = end < 0 ? Math.max(0, bytes.length - delimiter.length + 1) : end;
        if (safeLength > 0) yield { chunk: bytes.subarray(0, safeLength) };
        bytes = bytes.subarray(end < 0 ? safeLength : end + delimiter.length);
        needsMore = end < 0;
        if (needsMore) continue;
        yield { end: true };
        state = "delimiter";
      }
    }
  }
  // An empty body is a form without fields, which is reported as a missing field.
  if (state !== "done" && !(state === "start" && bytes.length === 2)) throwInvalidForm();
}

const [carriageReturn, lineFeed, dash] = [13, 10, 45];
const headerEnd = Uint8Array.of(13, 10, 13, 10);

function concatBytes(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right;
  const combined = new Uint8Array(left.length + right.length);
  combined.set(left);
  combined.set(right, left.length);
  return combined;
}

/** The index of a pattern that starts with a carriage return, or -1. */
function indexOf(bytes: Uint8Array, pattern: Uint8Array): number {
  for (let at = bytes.indexOf(carriageReturn); at >= 0; at = bytes.indexOf(carriageReturn, at + 1)) {
    if (at + pattern.length > bytes.length) return -1;
    if (pattern.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
