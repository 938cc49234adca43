// Forwards requests to the API. The API key is sent to the API and never to the browser.
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { errorCode } from "../exit.js";
import { clockHeaders, clockOf } from "../clock-headers.js";
import { isLoopback } from "./request-guard.js";
import { isSecret, type Upstream, upstreamUrl } from "./upstream.js";
import { inertHeaders } from "./headers.js";
import { redactStream, spellingsOf } from "./redact.js";
import type { RequestBody } from "./request-body.js";
import type { Route } from "./routes.js";

/** A Batch API: the remote one or the mock. */
export interface BatchApi {
  /** Sends a request. Rejects if there is no response. */
  request(route: Route, signal: AbortSignal, body?: RequestBody): Promise<Response>;
  /** The clock of the API when it sent a response: its time in Unix seconds, and how fast it runs. */
  clock(response: Response): { readonly now: number; readonly speed: number };
  /** The secret that responses must not contain, if any. */
  readonly secret: string | undefined;
}

/** The API at an address. */
export const remoteApi = (upstream: Upstream): BatchApi => ({
  request: ({ method, path }, signal, body) =>
    fetch(upstreamUrl(upstream, path), {
      method,
      signal,
      // Another address must not get the key, and a request without the key is useless.
      redirect: "manual",
      headers: {
        Authorization: `Bearer ${upstream.key}`,
        Accept: "*/*",
        ...(body && { "Content-Type": body.type, "Content-Length": String(body.bytes) }),
      },
      // A stream needs `duplex`, which is missing in the types.
      ...(body && ({ body: body.content, duplex: "half" } as RequestInit)),
    }),
  // Only a server on this machine, such as the mock, may set the clock.
  clock: ({ headers }) =>
    (isLoopback(upstream.base.hostname) ? clockOf(headers) : undefined) ?? { now: Date.now() / 1000, speed: 1 },
  secret: isSecret(upstream.key) ? upstream.key : undefined,
});

/** The only response headers that reach the page. Cookies and account headers are dropped. */
const forwardedHeaders = ["retry-after", "retry-after-ms", "x-request-id"];

/** Forwards a request and sends the API's status and body to the browser. */
export async function forwardRequest(
  api: BatchApi,
  route: Route,
  response: ServerResponse,
  body?: RequestBody,
): Promise<void> {
  const disconnected = new AbortController();
  response.once("close", () => disconnected.abort());
  let apiResponse: Response;
  try {
    apiResponse = await api.request(route, disconnected.signal, body);
  } catch (error) {
    const problem = body?.problem();
    if (problem !== undefined) return sendApiError(response, 400, problem, notAllowed);
    const reason = errorCode((error as Error).cause) ?? errorCode(error) ?? "no response";
    return sendApiError(
      response,
      502,
      `cannot reach the API (${reason}); check the network and OPENAI_BASE_URL`,
      "api_unreachable",
    );
  }
  if (apiResponse.status >= 300 && apiResponse.status < 400) {
    await apiResponse.body?.cancel().catch(() => undefined);
    return sendApiError(
      response,
      502,
      "the API redirects to another address, which never receives the key; check OPENAI_BASE_URL",
      "api_redirects",
    );
  }
  const { now, speed } = api.clock(apiResponse);
  response.writeHead(apiResponse.status, {
    ...inertHeaders,
    ...safeHeaders(apiResponse, api),
    ...contentHeaders(apiResponse, route),
    ...clockHeaders(now, speed),
  });
  if (!apiResponse.body) return void response.end();
  const content = Readable.fromWeb(apiResponse.body as ReadableStream);
  const filters = api.secret === undefined ? [] : spellingsOf(api.secret).map(redactStream);
  // If the API aborts its response, the browser's is aborted, too, so that a partial file does not look complete.
  await pipeline([content, ...filters, response]).catch(() => response.destroy());
}

/** The forwarded headers of a response, except those that contain the secret. */
function safeHeaders({ headers }: Response, { secret }: BatchApi): Record<string, string> {
  const unsafe = secret === undefined ? [] : spellingsOf(secret);
  const safe = (value: string | null): value is string =>
    value !== null && !unsafe.some((spelling) => value.includes(spelling));
  return Object.fromEntries(
    forwardedHeaders
      .map((name) => [name, headers.get(name)] as const)
      .filter((pair): pair is readonly [string, string] => safe(pair[1])),
  );
}

/** Keeps JSON as JSON. File content is sent as a download, whatever type the API declares. */
const contentHeaders = ({ headers }: Response, { content }: Route): Record<string, string> =>
  content && !/^application\/json\b/i.test(headers.get("content-type") ?? "")
    ? { "Content-Type": "application/octet-stream", "Content-Disposition": "attachment" }
    : { "Content-Type": "application/json; charset=utf-8" };

/** The code of errors for requests that the board refuses. */
export const notAllowed = "not_allowed";

/** Sends an error in the format of the API. */
export function sendApiError(
  response: ServerResponse,
  status: number,
  message: string,
  code: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...inertHeaders, ...headers, "Content-Type": "application/json; charset=utf-8" });
  response.end(JSON.stringify({ error: { message, type: "batchlight_board", param: null, code } }));
}
