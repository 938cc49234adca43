// Files of the API: their metadata and their content.
import type { Api } from "./api.js";
import { request, requestJson } from "./api-request.js";

/** The metadata of a file. A field is `undefined` where the API leaves it out. */
export interface FileFacts {
  readonly name: string | undefined;
  /** The size in bytes. */
  readonly bytes: number | undefined;
  /** The time of creation, in Unix seconds. */
  readonly createdAt: number | undefined;
  /** The time of expiry, in Unix seconds. */
  readonly expiresAt: number | undefined;
}

/** Requests the metadata of a file. */
export async function fileFacts(api: Api, id: string, signal?: AbortSignal): Promise<FileFacts> {
  const path = `/files/${encodeURIComponent(id)}`;
  const file = ((await requestJson(api, path, signal ? { signal } : {})) ?? {}) as Readonly<Record<string, unknown>>;
  const number = (name: string): number | undefined => (typeof file[name] === "number" ? file[name] : undefined);
  const bytes = number("bytes");
  return {
    name: typeof file.filename === "string" && file.filename !== "" ? file.filename : undefined,
    bytes: Number.isSafeInteger(bytes) && Number(bytes) >= 0 ? bytes : undefined,
    createdAt: number("created_at"),
    expiresAt: number("expires_at"),
  };
}

/** Requests the content of a file as a stream; `onBytes` gets the number of bytes received so far. */
export async function fileContent(
  api: Api,
  id: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => {},
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { body } = await request(api, `/files/${encodeURIComponent(id)}/content`, { signal });
  if (!body) return new Blob([]).stream();
  let bytes = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.length;
      onBytes(bytes);
      controller.enqueue(chunk);
    },
  });
  return body.pipeThrough(counter);
}
