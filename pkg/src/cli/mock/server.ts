// HTTP for what answers a Request with a Response: Node's own server, and nothing between.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CliError, errorCode } from "../exit.js";
import { corsHeaders, isCrossSite } from "./cors.js";

/** Answers a request; rejects where the connection is to break. */
export type Handler = (request: Request) => Promise<Response>;

/** A server that runs. */
export interface RunningServer {
  /** Where it is, such as `http://127.0.0.1:4010`. */
  readonly origin: string;
  /** Takes no extraHeaders requests, waits for the answers under way, and ends. */
  close(): Promise<void>;
}

/** The one address it listens at: nobody else's machine gets there. */
const loopback = "127.0.0.1";

/** How long answers under way may take when the server is to end, in milliseconds. */
const closeTimeout = 2000;

/** What is served, and who is told of what no handleRequest says. */
interface ServerOptions {
  readonly handler: Handler;
  readonly log: (line: string) => void;
}

/** Serves at a port; 0 is any that is free. */
export async function serve(serving: ServerOptions, port: number): Promise<RunningServer> {
  // Only here: no other command needs it.
  const { createServer } = await import("node:http");
  const server = createServer((incoming, outgoing) => void handleRequest(serving, incoming, outgoing));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenError(port, error)));
    server.listen(port, loopback, resolve);
  });
  return {
    origin: `http://${loopback}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), closeTimeout);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function listenError(port: number, error: Error): Error {
  if (errorCode(error) === "EADDRINUSE")
    return new CliError(`port ${port} is taken: --port names another, and --port 0 takes any that is free`);
  if (errorCode(error) === "EACCES")
    return new CliError(`port ${port} is not permitted: --port names another, from 1024 on`);
  return error;
}

async function handleRequest(
  { handler, log }: ServerOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const disconnected = new AbortController();
  outgoing.once("close", () => disconnected.abort());
  // A caller that goes in the middle is no failure of this process.
  incoming.on("error", () => undefined);
  const { headers, method } = incoming;
  try {
    if (isCrossSite(headers)) return sendError(outgoing, 403, "only pages of this machine are answered");
    const extraHeaders = corsHeaders(headers);
    if (method === "OPTIONS") return void outgoing.writeHead(204, extraHeaders).end();
    const request = toRequest(incoming, disconnected.signal);
    if (request === undefined) return sendError(outgoing, 400, `there is no ${method} here`);
    outgoing.once("finish", () => drainBody(incoming));
    await send(await handler(request), incoming, outgoing, extraHeaders);
  } catch (error) {
    // The caller has disconnected, or is to see a connection that breaks; anything else is told.
    if (!disconnected.signal.aborted && !isSimulatedDrop(error))
      log(`a connection was broken off: ${messageOf(error)}`);
    outgoing.destroy();
  }
}

/** What the mock rejects with where it is asked for a connection that breaks. */
const isSimulatedDrop = (error: unknown): boolean => error instanceof TypeError && error.message === "fetch failed";

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Refuses what does not get as far as the API, in the shape of its errors; the rest of the request is not waited for.
 */
function sendError(outgoing: ServerResponse, status: number, message: string): void {
  const error = { message: `simulated: ${message}`, type: "invalid_request_error", param: null, code: null };
  outgoing
    .writeHead(status, { "content-type": "application/json", connection: "close" })
    .end(JSON.stringify({ error }));
}

/** More than any body that the API takes: of extraHeaders, the rest is not waited for when the handleRequest is sent. */
const maxBodyBytes = 514 * 2 ** 20;

/** How many bytes a request says that it has. */
const declaredBytes = (incoming: IncomingMessage): number => Number(incoming.headers["content-length"] ?? 0);

/**
 * Reads what the API has left of a body, and keeps none of it: a client that is still sending would else see a
 * connection that breaks in place of the handleRequest.
 */
function drainBody(incoming: IncomingMessage): void {
  if (incoming.complete) return;
  let size = 0;
  // Else it would wait for whoever has left it.
  incoming.removeAllListeners("readable");
  incoming.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBodyBytes) incoming.destroy();
  });
  incoming.resume();
}

/** None for methods that a Request cannot have, such as TRACE. */
function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
  const { method = "GET", url = "/", rawHeaders } = incoming;
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
  const hasBody = incoming.headers["transfer-encoding"] !== undefined || declaredBytes(incoming) > 0;
  const body = hasBody && method !== "GET" && method !== "HEAD" ? bodyStream(incoming) : undefined;
  const init = { method, headers, signal, ...(body && { body, duplex: "half" }) };
  try {
    return new Request(`http://${loopback}${url.startsWith("/") ? url : `/${url}`}`, init);
  } catch {
    return undefined;
  }
}

/**
 * The body as a stream that takes nothing from the connection until somebody reads it, and then no extraHeaders than is read.
 */
function bodyStream(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let chunks: AsyncIterator<Buffer> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // Left early, it would end the connection before the handleRequest is sent.
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
  extraHeaders: Readonly<Record<string, string>>,
): Promise<void> {
  const close = !incoming.complete && declaredBytes(incoming) > maxBodyBytes;
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    ...extraHeaders,
    ...(close && { connection: "close" }),
  });
  // Files come in pieces and log their length; the rest is short.
  if (response.body && response.headers.has("content-length"))
    await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
  else outgoing.end(Buffer.from(await response.arrayBuffer()));
}
