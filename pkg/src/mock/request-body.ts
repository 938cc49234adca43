// The body of a request, read chunk by chunk and up to a bound.
import { chunksIn } from "./content.js";
import { throwApiError, ApiError } from "./api-error.js";

/** More bytes than any upload that the API takes: files have up to 512 MB, and forms a little around them. */
const maxUploadBytes = 514 * 2 ** 20;

/** The most bytes of a body in JSON. The longest creation that is granted has some 40,000. */
const maxJsonBytes = 1 << 20;

/** The chunks of an upload. What is declared to be too large is refused at once, before a byte is read. */
export function uploadChunks(request: Request): AsyncGenerator<Uint8Array> {
  rejectLarge(request, maxUploadBytes);
  return limitedChunks(request, maxUploadBytes);
}

/** The value of a body in JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  rejectLarge(request, maxJsonBytes);
  for await (const chunk of limitedChunks(request, maxJsonBytes)) text += decoder.decode(chunk, { stream: true });
  try {
    return JSON.parse(text + decoder.decode());
  } catch {
    return throwApiError("body", "JSON");
  }
}

function rejectLarge(request: Request, maxBytes: number): void {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throwApiError("large", String(maxBytes));
}

async function* limitedChunks(request: Request, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of await bodyChunks(request)) {
      size += chunk.length;
      if (size > maxBytes) throwApiError("large", String(maxBytes));
      yield chunk;
    }
  } catch (error) {
    // The connection broke; there may still be somebody to tell, where no network is between.
    throw error instanceof ApiError ? error : new ApiError("body", "whole");
  }
}

/** Browsers that give no stream give the bytes. */
async function bodyChunks(request: Request): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>> {
  if (request.body) return chunksIn(request.body);
  return request.body === null ? [] : [new Uint8Array(await request.arrayBuffer())];
}
