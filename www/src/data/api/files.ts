// Files of the API: what it says of one, and its content.
import type { Api } from "./api.js";
import { ask, request } from "./api-request.js";

/** What an API says of a file, as far as it does. */
export interface FileFacts {
  readonly name: string | undefined;
  readonly bytes: number | undefined;
  readonly createdAt: number | undefined;
  readonly expiresAt: number | undefined;
}

/** Asks what there is to know of a file. */
export async function fileFacts(api: Api, id: string, signal?: AbortSignal): Promise<FileFacts> {
  const told = ((await ask(api, `/files/${encodeURIComponent(id)}`, signal ? { signal } : {})) ?? {}) as Readonly<
    Record<string, unknown>
  >;
  const number = (name: string): number | undefined => (typeof told[name] === "number" ? told[name] : undefined);
  const bytes = number("bytes");
  return {
    name: typeof told.filename === "string" && told.filename !== "" ? told.filename : undefined,
    bytes: Number.isSafeInteger(bytes) && Number(bytes) >= 0 ? bytes : undefined,
    createdAt: number("created_at"),
    expiresAt: number("expires_at"),
  };
}

/** The content of a file, as it comes; `onBytes` is told how much has come. */
export async function fileContent(
  api: Api,
  id: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => {},
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { body } = await request(api, `/files/${encodeURIComponent(id)}/content`, { signal });
  if (!body) return new Blob([]).stream();
  let bytes = 0;
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.length;
      onBytes(bytes);
      controller.enqueue(chunk);
    },
  });
  return body.pipeThrough(counting);
}
