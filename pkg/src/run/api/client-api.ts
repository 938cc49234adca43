// Sends the requests of a run through the official client, without its retries.
import { propertyOf } from "../../common/list-page.js";
import { streamOfIterable } from "../../files/io/byte-stream.js";
import type { OpenAIClient } from "../types.js";
import { pageSize, type RunApi } from "./api.js";

/** Options of each request. The run repeats requests itself, except for the one that creates a batch. */
const once = (signal?: AbortSignal) => ({ maxRetries: 0, ...(signal && { signal }) }) as never;

/** Creates the API of a run from a client. */
export const clientApi = ({ files, batches }: OpenAIClient): RunApi => ({
  upload: async (file, name, signal) =>
    files.create({ file: namedFile(file, name), purpose: "batch" } as never, once(signal)),
  create: async (body) => batches.create(body as never, once()),
  retrieve: async (id, signal) => batches.retrieve(id, once(signal)),
  list: async (after, signal) =>
    bodyOf(await batches.list({ limit: pageSize, ...(after !== undefined && { after }) } as never, once(signal))),
  content: async (id, signal) => streamOf(await files.content(id, once(signal))),
  cancel: async (id) => batches.cancel(id, once()),
});

/** A file with a name. Node 18 has no global `File`; its Blobs take a property. */
const namedFile = (file: Blob, name: string): Blob =>
  typeof File === "function" ? new File([file], name) : Object.assign(file, { name });

/** The response behind a page of the client, which turns a response without a list into an empty page. */
const bodyOf = (page: unknown): unknown =>
  typeof page === "object" && page !== null && "body" in page ? page.body : page;

/** The content of a response. Version 4 of the client returns a Node stream in it. */
function streamOf(response: unknown): ReadableStream<Uint8Array> {
  const body = propertyOf(response, "body");
  if (typeof propertyOf(body, "getReader") === "function") return body as ReadableStream<Uint8Array>;
  if (typeof body !== "object" || body === null || !(Symbol.asyncIterator in body)) return new Blob([]).stream();
  return streamOfIterable(body as AsyncIterable<Uint8Array>);
}
