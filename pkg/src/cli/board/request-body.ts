// Checks the bodies of the two requests that have one: an upload and the creation of a batch.
import type { IncomingMessage } from "node:http";
import { finished, Readable } from "node:stream";
import { maxInputFileBytes } from "../../../generated/facts.js";
import { parseJson } from "../../common/json.js";
import { creationProblem } from "./creation.js";
import type { Refusal } from "./request-guard.js";
import type { Change } from "./routes.js";
import { boundaryOf, maxFormBytes, UploadGuard } from "./upload-guard.js";

/** A body that is forwarded. */
export interface RequestBody {
  /** The value of `Content-Type`. */
  readonly type: string;
  /** The size in bytes. */
  readonly bytes: number;
  readonly content: BodyInit;
  /** Says why the body is refused. This may be known only while it is forwarded; the API never receives all of it. */
  problem(): string | undefined;
}

/** The maximum size of a request that creates a batch, in bytes: 16 pairs of metadata are about 10 kB. */
const maxCreationBytes = 65_536;

/** The body to forward, if any, or why it is refused. */
type CheckedBody = { readonly body?: RequestBody } | { readonly refusal: Refusal };

const refuse = (status: number, message: string): CheckedBody => ({ refusal: { status, message } });

/** Whether a request announces a body. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** Checks the body of a request that changes something. */
export async function readBody(request: IncomingMessage, change: Change): Promise<CheckedBody> {
  if (change === "cancel") return hasBody(request) ? refuse(413, "expected a request without a body") : {};
  const { headers } = request;
  const type = headers["content-type"] ?? "";
  const bytes = Number(headers["content-length"]);
  if (headers["transfer-encoding"] !== undefined || !(bytes > 0))
    return refuse(411, "expected a body with a Content-Length");
  if (headers["content-encoding"] !== undefined) return refuse(415, "expected a body without a Content-Encoding");
  return change === "upload" ? uploadOf(request, type, bytes) : creationOf(request, type, bytes);
}

function uploadOf(request: IncomingMessage, type: string, bytes: number): CheckedBody {
  const boundary = boundaryOf(type);
  if (boundary === undefined) return refuse(415, "expected the content type multipart/form-data with a boundary");
  if (bytes > maxInputFileBytes + maxFormBytes)
    return refuse(413, `expected a file of at most ${maxInputFileBytes} bytes`);
  const guard = new UploadGuard(boundary, bytes);
  // Reads the rest of a refused body, because the browser reads the response only after it has sent everything.
  finished(guard, () => void request.resume());
  const content = Readable.toWeb(request.pipe(guard)) as ReadableStream<Uint8Array>;
  return { body: { type, bytes, content, problem: () => guard.problem } };
}

async function creationOf(request: IncomingMessage, type: string, bytes: number): Promise<CheckedBody> {
  if (!/^application\/json(?:; ?charset=utf-8)?$/i.test(type))
    return refuse(415, "expected the content type application/json");
  if (bytes > maxCreationBytes)
    return refuse(413, `expected a body of at most ${maxCreationBytes} bytes, found ${bytes}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const value = parseJson(Buffer.concat(chunks).toString());
  const problem = creationProblem(value);
  if (problem !== undefined) return refuse(400, problem);
  // Serialized again, so that the API reads exactly what was checked: parsers differ on duplicate keys.
  const content = new TextEncoder().encode(JSON.stringify(value));
  return { body: { type: "application/json", bytes: content.length, content, problem: () => undefined } };
}
