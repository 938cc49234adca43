// Forms as the libraries of all languages write them, read as a stream: a file may be larger than memory.
// `Request.formData` is not enough. It keeps everything, and Node's refuses .NET's forms, which name parameters without
// quotes and file names twice.
import { getMultipartBoundary, MultipartPart } from "@remix-run/multipart-parser";
import { uploadChunks } from "./request-body.js";
import { throwApiError } from "./api-error.js";

/** A part of a form. */
export interface FormPart {
  /** The name of the field. */
  readonly name: string | undefined;
  /** The name of the file; a field that is no file has none. */
  readonly filename: string | undefined;
  /** The content. What is not read of it is skipped when the next part is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** The most parts of a form, the most bytes of a part's header, and of a field that is no file. */
const maxParts = 64;
const maxHeaderBytes = 8 << 10;
const maxFieldBytes = 64 << 10;

const throwInvalidForm = (): never => throwApiError("body", "multipart/form-data");

/** Reads the form that a request brings, part by part. */
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
    // Where the form is left early, the request's body is left too.
    await events.return(undefined);
  }
}

async function* chunksUpToEnd(events: AsyncGenerator<FormEvent>): AsyncGenerator<Uint8Array> {
  for (let event = await events.next(); !event.done && "chunk" in event.value; event = await events.next())
    yield event.value.chunk;
}

/** The string of a field. */
export async function readField({ chunks }: FormPart): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxFieldBytes) throwInvalidForm();
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

/** The headers, chunks and ends of the parts of a form, as RFC 2046 delimits them. */
async function* multipartEvents(chunks: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<FormEvent> {
  const delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
  // The first delimiter may stand without a line break before it.
  let bytes: Uint8Array = delimiter.slice(0, 2);
  let state: "start" | "delimiter" | "header" | "body" | "done" = "start";
  for await (const chunk of chunks) {
    // What comes after the last delimiter means nothing, but is read: the client sends it.
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
  // Of nothing at all, it is said what is missing.
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

/** Where a pattern begins that starts with a carriage return; -1 where it is not. */
function indexOf(bytes: Uint8Array, pattern: Uint8Array): number {
  for (let at = bytes.indexOf(carriageReturn); at >= 0; at = bytes.indexOf(carriageReturn, at + 1)) {
    if (at + pattern.length > bytes.length) return -1;
    if (pattern.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
