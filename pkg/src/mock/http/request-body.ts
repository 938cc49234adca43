// Reads request bodies in chunks, up to a limit.
import { chunksIn } from "./content.js";
import { throwApiError, ApiError } from "./api-error.js";

/** The maximum size of an upload in bytes: files have up to 512 MB, plus the rest of the form. */
const maxUploadBytes = 514 * 2 ** 20;

/** The maximum size of a JSON body about files and batches in bytes. The longest valid one has about 40,000 bytes. */
const maxJsonBytes = 1 << 20;

/** The chunks of an upload. Rejects a body whose declared size exceeds the limit before reading it. */
export function uploadChunks(request: Request): AsyncGenerator<Uint8Array> {
  rejectLarge(request, maxUploadBytes);
  return limitedChunks(request, maxUploadBytes);
}

/** Parses a JSON body. */
export async function readJson(request: Request, maxBytes = maxJsonBytes): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  rejectLarge(request, maxBytes);
  for await (const chunk of limitedChunks(request, maxBytes)) text += decoder.decode(chunk, { stream: true });
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
    // The connection broke. Where no network is involved, the caller still receives the response.
    throw error instanceof ApiError ? error : new ApiError("body", "whole");
  }
}

/** Browsers without request streams provide only the whole body. */
async function bodyChunks(request: Request): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>> {
  if (request.body) return chunksIn(request.body);
  return request.body === null ? [] : [new Uint8Array(await request.arrayBuffer())];
}
