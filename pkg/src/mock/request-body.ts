// The body of a request, read chunk by chunk and up to a bound.
import { chunksIn } from "./content.js";
import { refuse, Refused } from "./api-error.js";

/** More bytes than any upload that the API takes: files have up to 512 MB, and forms a little around them. */
const maxUploadBytes = 514 * 2 ** 20;

/** The most bytes of a body in JSON. The longest creation that is granted has some 40,000. */
const maxJsonBytes = 1 << 20;

/** The chunks of an upload. What is declared to be too large is refused at once, before a byte is read. */
export function uploadOf(request: Request): AsyncGenerator<Uint8Array> {
  refuseLarge(request, maxUploadBytes);
  return chunksOf(request, maxUploadBytes);
}

/** The value of a body in JSON. */
export async function jsonOf(request: Request): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  refuseLarge(request, maxJsonBytes);
  for await (const chunk of chunksOf(request, maxJsonBytes)) text += decoder.decode(chunk, { stream: true });
  try {
    return JSON.parse(text + decoder.decode());
  } catch {
    return refuse("body", "JSON");
  }
}

function refuseLarge(request: Request, most: number): void {
  if (Number(request.headers.get("content-length") ?? 0) > most) refuse("large", String(most));
}

async function* chunksOf(request: Request, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of await streamOf(request)) {
      size += chunk.length;
      if (size > most) refuse("large", String(most));
      yield chunk;
    }
  } catch (error) {
    // The connection broke; there may still be somebody to tell, where no network is between.
    throw error instanceof Refused ? error : new Refused("body", "whole");
  }
}

/** Browsers that give no stream give the bytes. */
async function streamOf(request: Request): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>> {
  if (request.body) return chunksIn(request.body);
  return request.body === null ? [] : [new Uint8Array(await request.arrayBuffer())];
}
