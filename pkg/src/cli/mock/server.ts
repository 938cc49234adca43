// HTTP for what answers a Request with a Response: Node's own server, and nothing between.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Trouble, codeOf } from "../exit.js";
import { headersFor, isForeign } from "./cors.js";

/** Answers a request; rejects where the connection is to break. */
export type Handler = (request: Request) => Promise<Response>;

/** A server that runs. */
export interface Served {
  /** Where it is, such as `http://127.0.0.1:4010`. */
  readonly origin: string;
  /** Takes no more requests, waits for the answers under way, and ends. */
  close(): Promise<void>;
}

/** The one address it listens at: nobody else's machine gets there. */
const loopback = "127.0.0.1";

/** How long answers under way may take when the server is to end, in milliseconds. */
const patience = 2000;

/** What is served, and who is told of what no answer says. */
interface Serving {
  readonly handler: Handler;
  readonly say: (line: string) => void;
}

/** Serves at a port; 0 is any that is free. */
export async function serve(serving: Serving, port: number): Promise<Served> {
  // Only here: no other command needs it.
  const { createServer } = await import("node:http");
  const server = createServer((incoming, outgoing) => void answer(serving, incoming, outgoing));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(troubleAt(port, error)));
    server.listen(port, loopback, resolve);
  });
  return {
    origin: `http://${loopback}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), patience);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function troubleAt(port: number, error: Error): Error {
  if (codeOf(error) === "EADDRINUSE")
    return new Trouble(`port ${port} is taken: --port names another, and --port 0 takes any that is free`);
  if (codeOf(error) === "EACCES")
    return new Trouble(`port ${port} is not permitted: --port names another, from 1024 on`);
  return error;
}

async function answer({ handler, say }: Serving, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  // A caller that goes in the middle is no failure of this process.
  incoming.on("error", () => undefined);
  const { headers, method } = incoming;
  try {
    if (isForeign(headers)) return refuse(outgoing, 403, "only pages of this machine are answered");
    const more = headersFor(headers);
    if (method === "OPTIONS") return void outgoing.writeHead(204, more).end();
    const request = requestOf(incoming, gone.signal);
    if (request === undefined) return refuse(outgoing, 400, `there is no ${method} here`);
    outgoing.once("finish", () => skipRest(incoming));
    await send(await handler(request), incoming, outgoing, more);
  } catch (error) {
    // The caller has gone, or is to see a connection that breaks; anything else is told.
    if (!gone.signal.aborted && !isBroken(error)) say(`a connection was broken off: ${textOf(error)}`);
    outgoing.destroy();
  }
}

/** What the mock rejects with where it is asked for a connection that breaks. */
const isBroken = (error: unknown): boolean => error instanceof TypeError && error.message === "fetch failed";

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Refuses what does not get as far as the API, in the shape of its errors; the rest of the request is not waited for.
 */
function refuse(outgoing: ServerResponse, status: number, message: string): void {
  const error = { message: `simulated: ${message}`, type: "invalid_request_error", param: null, code: null };
  outgoing
    .writeHead(status, { "content-type": "application/json", connection: "close" })
    .end(JSON.stringify({ error }));
}

/** More than any body that the API takes: of more, the rest is not waited for when the answer is sent. */
const mostBytes = 514 * 2 ** 20;

/** How many bytes a request says that it has. */
const declared = (incoming: IncomingMessage): number => Number(incoming.headers["content-length"] ?? 0);

/**
 * Reads what the API has left of a body, and keeps none of it: a client that is still sending would else see a
 * connection that breaks in place of the answer.
 */
function skipRest(incoming: IncomingMessage): void {
  if (incoming.complete) return;
  let size = 0;
  // Else it would wait for whoever has left it.
  incoming.removeAllListeners("readable");
  incoming.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostBytes) incoming.destroy();
  });
  incoming.resume();
}

/** None for methods that a Request cannot have, such as TRACE. */
function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
  const { method = "GET", url = "/", rawHeaders } = incoming;
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
  const sends = incoming.headers["transfer-encoding"] !== undefined || declared(incoming) > 0;
  const body = sends && method !== "GET" && method !== "HEAD" ? bodyOf(incoming) : undefined;
  const init = { method, headers, signal, ...(body && { body, duplex: "half" }) };
  try {
    return new Request(`http://${loopback}${url.startsWith("/") ? url : `/${url}`}`, init);
  } catch {
    return undefined;
  }
}

/**
 * The body as a stream that takes nothing from the connection until somebody reads it, and then no more than is read.
 */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let chunks: AsyncIterator<Buffer> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // Left early, it would end the connection before the answer is sent.
        chunks ??= incoming.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks?.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

async function send(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  more: Readonly<Record<string, string>>,
): Promise<void> {
  const close = !incoming.complete && declared(incoming) > mostBytes;
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    ...more,
    ...(close && { connection: "close" }),
  });
  // Files come in pieces and say their length; the rest is short.
  if (response.body && response.headers.has("content-length"))
    await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
  else outgoing.end(Buffer.from(await response.arrayBuffer()));
}
