// From a route to the API's answer. The key goes up and never comes down.
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { codeOf } from "../exit.js";
import { type Upstream, addressOf } from "./upstream.js";
import { inert } from "./headers.js";
import { redacting, writingsOf } from "./redact.js";
import type { Route } from "./routes.js";

/** Asks an API. */
export interface Source {
  /** Answers a route; throws where no answer came. */
  ask(route: Route, signal: AbortSignal): Promise<Response>;
  /** What time it is there, in Unix seconds. */
  now(): number;
  /** What no answer may hold. */
  readonly secret: string | undefined;
}

/** The API at an address. */
export const apiAt = (upstream: Upstream): Source => ({
  ask: ({ method, path }, signal) =>
    fetch(addressOf(upstream, path), {
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
const passed = ["retry-after", "retry-after-ms", "x-request-id"];

/** Answers a request by the API, as it comes: status and body are the API's own. */
export async function forward(source: Source, route: Route, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  let answer: Response;
  try {
    answer = await source.ask(route, gone.signal);
  } catch (error) {
    const why = codeOf((error as Error).cause) ?? codeOf(error) ?? "no answer";
    return refuseAsApi(
      response,
      502,
      `the API cannot be reached (${why}): is the network there, and OPENAI_BASE_URL right?`,
      "api_unreachable",
    );
  }
  if (answer.status >= 300 && answer.status < 400) {
    await answer.body?.cancel().catch(() => undefined);
    return refuseAsApi(
      response,
      502,
      "the API sends to another address, where the key is not taken: is OPENAI_BASE_URL right?",
      "api_redirects",
    );
  }
  response.writeHead(answer.status, {
    ...inert,
    ...headersOf(answer, source),
    ...kindOf(answer, route),
    "Batchlight-Now": source.now().toFixed(3),
  });
  if (!answer.body) return void response.end();
  const body = Readable.fromWeb(answer.body as ReadableStream);
  // An answer that breaks off is broken off: half of a file must not look like all of it.
  const filters = source.secret === undefined ? [] : writingsOf(source.secret).map(redacting);
  await pipeline([body, ...filters, response]).catch(() => response.destroy());
}

function headersOf({ headers }: Response, { secret }: Source): Record<string, string> {
  const unsafe = secret === undefined ? [] : writingsOf(secret);
  const safe = (value: string | null): value is string =>
    value !== null && !unsafe.some((writing) => value.includes(writing));
  return Object.fromEntries(
    passed
      .map((name) => [name, headers.get(name)] as const)
      .filter((pair): pair is readonly [string, string] => safe(pair[1])),
  );
}

/** JSON stays JSON; a file's content is bytes to be kept, whatever the API calls it. */
const kindOf = ({ headers }: Response, { content }: Route): Record<string, string> =>
  content && !/^application\/json\b/i.test(headers.get("content-type") ?? "")
    ? { "Content-Type": "application/octet-stream", "Content-Disposition": "attachment" }
    : { "Content-Type": "application/json; charset=utf-8" };

/** Refuses in the shape of the API's errors, which whoever asks for JSON expects. */
export function refuseAsApi(
  response: ServerResponse,
  status: number,
  message: string,
  code: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...inert, ...headers, "Content-Type": "application/json; charset=utf-8" });
  response.end(JSON.stringify({ error: { message, type: "batchlight_board", param: null, code } }));
}
