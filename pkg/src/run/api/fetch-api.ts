// The requests of a run by `fetch`, without a client.
import { defaultBaseUrl } from "../../common/openai.js";
import { type BatchCreation, pageSize, type RunApi, stringProperty } from "./api.js";

/** A response with an error status. It has the properties of the official client's errors. */
class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    message: string,
    readonly status: number,
    readonly headers: Headers,
    readonly code: string | undefined,
  ) {
    super(message);
  }
}

/** The address and the key of a server, and what sends requests. */
export interface FetchConnection {
  readonly apiKey: string;
  readonly baseURL?: string | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** Creates the API of a run from an address and a key. */
export function fetchApi({ apiKey, baseURL = defaultBaseUrl, fetch = globalThis.fetch }: FetchConnection): RunApi {
  const base = baseURL.replace(/\/+$/, "");
  const authorization = `Bearer ${apiKey}`;
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(base + path, { ...init, headers: { ...init.headers, authorization } });
    if (response.ok) return response;
    throw await errorOf(response);
  };
  const get = async (path: string, signal: AbortSignal) => (await send(path, { signal })).json();
  const post = async (path: string, body?: object) => {
    const init = { headers: { "content-type": "application/json" }, ...(body && { body: JSON.stringify(body) }) };
    return (await send(path, { method: "POST", ...init })).json();
  };
  return {
    async upload(file, name, signal) {
      const form = new FormData();
      form.append("purpose", "batch");
      form.append("file", file, name);
      return (await send("/files", { method: "POST", body: form, signal })).json();
    },
    create: (body: BatchCreation) => post("/batches", body),
    retrieve: (id, signal) => get(`/batches/${encodeURIComponent(id)}`, signal),
    list: (after, signal) =>
      get(`/batches?limit=${pageSize}${after === undefined ? "" : `&after=${encodeURIComponent(after)}`}`, signal),
    async content(id, signal) {
      const { body } = await send(`/files/${encodeURIComponent(id)}/content`, { signal });
      return body ?? new Blob([]).stream();
    },
    cancel: (id) => post(`/batches/${encodeURIComponent(id)}/cancel`),
  };
}

async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const error = (body as { error?: unknown } | undefined)?.error;
  const message = stringProperty(error, "message") ?? response.statusText;
  return new ApiError(
    `${response.status} ${message}`,
    response.status,
    response.headers,
    stringProperty(error, "code"),
  );
}
