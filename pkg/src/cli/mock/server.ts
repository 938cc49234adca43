// Serves a function from Request to Response with Node's HTTP server.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { messageOf } from "../../common/thrown.js";
import { CliError, errorCode } from "../exit.js";
import { corsHeaders, isCrossSite } from "./cors.js";

/** Responds to a request. A rejection aborts the connection. */
export type Handler = (request: Request) => Promise<Response>;

/** A running server. */
export interface RunningServer {
  /** The origin, such as `http://127.0.0.1:4010`. */
  readonly origin: string;
  /** Stops accepting requests, waits for running responses, and closes. */
  close(): Promise<void>;
}

/** The only address that the server listens on. Other machines cannot reach it. */
const loopback = "127.0.0.1";

/** The time that running responses have to finish when the server closes, in milliseconds. */
const closeTimeout = 2000;

/** The handler, and the log for errors that no response reports. */
interface ServerOptions {
  readonly handler: Handler;
  readonly log: (line: string) => void;
}

/** Starts the server on a port. 0 means any free port. */
export async function serve(options: ServerOptions, port: number): Promise<RunningServer> {
  // Loaded on demand, because no other command needs it.
  const { createServer } = await import("node:http");
  const server = createServer((incoming, outgoing) => void handleRequest(options, incoming, outgoing));
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
    return new CliError(`port ${port} is in use; choose another port with --port, or use --port 0`);
  if (errorCode(error) === "EACCES")
    return new CliError(`permission denied for port ${port}; choose a port of at least 1024 with --port`);
  return error;
}

async function handleRequest(
  { handler, log }: ServerOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const disconnected = new AbortController();
  outgoing.once("close", () => disconnected.abort());
  // A client that disconnects early is not an error.
  incoming.on("error", () => undefined);
  const { headers, method } = incoming;
  try {
    if (isCrossSite(headers)) return sendError(outgoing, 403, "only pages of this machine may use the mock");
    const extraHeaders = corsHeaders(headers);
    if (method === "OPTIONS") return void outgoing.writeHead(204, extraHeaders).end();
    const request = toRequest(incoming, disconnected.signal);
    if (request === undefined) return sendError(outgoing, 400, `unsupported method ${method}`);
    outgoing.once("finish", () => drainBody(incoming));
    await send(await handler(request), incoming, outgoing, extraHeaders);
  } catch (error) {
    // Logs unexpected errors. A client that has disconnected and a simulated broken connection are expected.
    if (!disconnected.signal.aborted && !isSimulatedDrop(error)) log(`connection aborted: ${messageOf(error)}`);
    outgoing.destroy();
  }
}

/** Whether the mock rejected the request to simulate a broken connection. */
const isSimulatedDrop = (error: unknown): boolean => error instanceof TypeError && error.message === "fetch failed";

/**
 * Sends an error in the format of the API, for requests that do not reach the API. Does not wait for the rest of the
 * request.
 */
function sendError(outgoing: ServerResponse, status: number, message: string): void {
  const error = { message: `simulated: ${message}`, type: "invalid_request_error", param: null, code: null };
  outgoing
    .writeHead(status, { "content-type": "application/json", connection: "close" })
    .end(JSON.stringify({ error }));
}

/** The maximum number of body bytes that are read after the response, more than the largest upload. */
const maxBodyBytes = 514 * 2 ** 20;

/** The value of Content-Length. */
const declaredBytes = (incoming: IncomingMessage): number => Number(incoming.headers["content-length"] ?? 0);

/**
 * Discards the unread rest of a body. Otherwise, a client that is still sending would see a broken connection instead
 * of the response.
 */
function drainBody(incoming: IncomingMessage): void {
  if (incoming.complete) return;
  let size = 0;
  // The abandoned iterator would keep the stream paused.
  incoming.removeAllListeners("readable");
  incoming.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBodyBytes) incoming.destroy();
  });
  incoming.resume();
}

/** Converts a request. Returns undefined for methods that `Request` does not support, such as TRACE. */
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

/** The body as a stream that reads from the connection only on demand. */
function bodyStream(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let chunks: AsyncIterator<Buffer> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // Ending the iterator early would destroy the connection before the response is sent.
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
  // File content has a length and is streamed. Other responses are short.
  if (response.body && response.headers.has("content-length"))
    await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
  else outgoing.end(Buffer.from(await response.arrayBuffer()));
}
