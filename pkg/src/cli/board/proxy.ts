// From a route to the API's answer. The key goes up and never comes down.
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { errorCode } from "../exit.js";
import { type Upstream, upstreamUrl } from "./upstream.js";
import { inertHeaders } from "./headers.js";
import { redactStream, spellingsOf } from "./redact.js";
import type { Route } from "./routes.js";

/** Asks an API. */
export interface BatchApi {
  /** Answers a route; throws where no answer came. */
  request(route: Route, signal: AbortSignal): Promise<Response>;
  /** What time it is there, in Unix seconds. */
  now(): number;
  /** What no answer may hold. */
  readonly secret: string | undefined;
}

/** The API at an address. */
export const remoteApi = (upstream: Upstream): BatchApi => ({
  request: ({ method, path }, signal) =>
    fetch(upstreamUrl(upstream, path), {
      method,
      signal,
      // To another address the key would have to be left out, and without it the answer is of no use.
      redirect: "manual",
      headers: { Authorization: `Bearer ${upstream.key}`, Accept: "*/*" },
    }),
  now: () => Date.now() / 1000,
  secret: upstream.key,
});

/** The only headers of the API that the page gets: no cookies, nothing about the account. */
const forwardedHeaders = ["retry-after", "retry-after-ms", "x-request-id"];

/** Answers a request by the API, as it comes: status and body are the API's own. */
export async function forwardRequest(api: BatchApi, route: Route, response: ServerResponse): Promise<void> {
  const disconnected = new AbortController();
  response.once("close", () => disconnected.abort());
  let answer: Response;
  try {
    answer = await api.request(route, disconnected.signal);
  } catch (error) {
    const reason = errorCode((error as Error).cause) ?? errorCode(error) ?? "no answer";
    return sendApiError(
      response,
      502,
      `the API cannot be reached (${reason}): is the network there, and OPENAI_BASE_URL right?`,
      "api_unreachable",
    );
  }
  if (answer.status >= 300 && answer.status < 400) {
    await answer.body?.cancel().catch(() => undefined);
    return sendApiError(
      response,
      502,
      "the API sends to another address, where the key is not taken: is OPENAI_BASE_URL right?",
      "api_redirects",
    );
  }
  response.writeHead(answer.status, {
    ...inertHeaders,
    ...safeHeaders(answer, api),
    ...contentHeaders(answer, route),
    "Batchlight-Now": api.now().toFixed(3),
  });
  if (!answer.body) return void response.end();
  const body = Readable.fromWeb(answer.body as ReadableStream);
  // An answer that breaks off is broken off: half of a file must not look like all of it.
  const filters = api.secret === undefined ? [] : spellingsOf(api.secret).map(redactStream);
  await pipeline([body, ...filters, response]).catch(() => response.destroy());
}

function safeHeaders({ headers }: Response, { secret }: BatchApi): Record<string, string> {
  const unsafe = secret === undefined ? [] : spellingsOf(secret);
  const safe = (value: string | null): value is string =>
    value !== null && !unsafe.some((writing) => value.includes(writing));
  return Object.fromEntries(
    forwardedHeaders
      .map((name) => [name, headers.get(name)] as const)
      .filter((pair): pair is readonly [string, string] => safe(pair[1])),
  );
}

/** JSON stays JSON; a file's content is bytes to be kept, whatever the API calls it. */
const contentHeaders = ({ headers }: Response, { content }: Route): Record<string, string> =>
  content && !/^application\/json\b/i.test(headers.get("content-type") ?? "")
    ? { "Content-Type": "application/octet-stream", "Content-Disposition": "attachment" }
    : { "Content-Type": "application/json; charset=utf-8" };

/** Refuses in the shape of the API's errors, which whoever asks for JSON expects. */
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
