// Forms as the libraries of all languages write them, read as a stream: a file may be larger than memory.
// `Request.formData` is not enough. It keeps everything, and Node's refuses .NET's forms, which name parameters without
// quotes and file names twice.
import { getMultipartBoundary, MultipartPart } from "@remix-run/multipart-parser";
import { uploadOf } from "./request-body.js";
import { refuse } from "./api-error.js";

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

const bad = (): never => refuse("body", "multipart/form-data");

/** Reads the form that a request brings, part by part. */
export async function* partsOf(request: Request): AsyncGenerator<FormPart> {
  const chunks = uploadOf(request);
  const type = request.headers.get("content-type") ?? "";
  const boundary = /^multipart\/form-data\b/i.test(type) && getMultipartBoundary(type)?.trim();
  if (!boundary || boundary.length > 200) return bad();
  const events = eventsIn(chunks, boundary);
  let count = 0;
  try {
    for (let event = await events.next(); !event.done; event = await events.next()) {
      if (!("header" in event.value)) continue;
      if (++count > maxParts) bad();
      yield { ...namesIn(event.value.header), chunks: chunksUpToEnd(events) };
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
export async function fieldOf({ chunks }: FormPart): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxFieldBytes) bad();
  }
  return text + decoder.decode();
}

function namesIn(header: Uint8Array): Pick<FormPart, "name" | "filename"> {
  try {
    const part = new MultipartPart(header, []);
    return { name: part.name, filename: part.isFile ? (part.filename ?? "") : undefined };
  } catch {
    return bad();
  }
}

type FormEvent = { readonly header: Uint8Array } | { readonly chunk: Uint8Array } | { readonly end: true };

/** The headers, chunks and ends of the parts of a form, as RFC 2046 delimits them. */
async function* eventsIn(chunks: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<FormEvent> {
  const delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
  // The first delimiter may stand without a line break before it.
  let bytes: Uint8Array = delimiter.slice(0, 2);
  let state: "start" | "delimiter" | "header" | "body" | "done" = "start";
  for await (const chunk of chunks) {
    // What comes after the last delimiter means nothing, but is read: the client sends it.
    if (state === "done") continue;
    bytes = joined(bytes, chunk);
    for (let needed = false; !needed && state !== "done"; ) {
      if (state === "start") {
        needed = bytes.length < delimiter.length;
        if (needed) continue;
        if (indexOf(bytes, delimiter) !== 0) bad();
        bytes = bytes.subarray(delimiter.length);
        state = "delimiter";
      } else if (state === "delimiter") {
        needed = bytes.length < 2;
        if (needed) continue;
        const [first, second] = bytes;
        if (first === dash && second === dash) state = "done";
        else if (first === carriageReturn && second === lineFeed) state = "header";
        else bad();
        bytes = bytes.subarray(2);
      } else if (state === "header") {
        const end = indexOf(bytes, headerEnd);
        if ((end < 0 ? bytes.length : end) > maxHeaderBytes) bad();
        needed = end < 0;
        if (needed) continue;
        yield { header: bytes.slice(0, end) };
        bytes = bytes.subarray(end + headerEnd.length);
        state = "body";
      } else {
        const end = indexOf(bytes, delimiter);
        const sure = end < 0 ? Math.max(0, bytes.length - delimiter.length + 1) : end;
        if (sure > 0) yield { chunk: bytes.subarray(0, sure) };
        bytes = bytes.subarray(end < 0 ? sure : end + delimiter.length);
        needed = end < 0;
        if (needed) continue;
        yield { end: true };
        state = "delimiter";
      }
    }
  }
  // Of nothing at all, it is said what is missing.
  if (state !== "done" && !(state === "start" && bytes.length === 2)) bad();
}

const [carriageReturn, lineFeed, dash] = [13, 10, 45];
const headerEnd = Uint8Array.of(13, 10, 13, 10);

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Where a pattern begins that starts with a carriage return; -1 where it is not. */
function indexOf(bytes: Uint8Array, pattern: Uint8Array): number {
  for (let at = bytes.indexOf(carriageReturn); at >= 0; at = bytes.indexOf(carriageReturn, at + 1)) {
    if (at + pattern.length > bytes.length) return -1;
    if (pattern.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
