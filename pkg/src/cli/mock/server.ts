// HTTP for what answers a Request with a Response: Node's own server, and nothing between.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Trouble, codeOf } from "../exit.js";
import { headersFor, isForeign } from "./pages.js";

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

/** More bytes than any file that the API takes, which is 512 MB; what is larger is not read to its end. */
const mostBytes = 514 * 2 ** 20;

/** How long answers under way may take when the server is to end, in milliseconds. */
const patience = 2000;

/** Serves at a port; 0 is any that is free. */
export async function serve(handler: Handler, port: number): Promise<Served> {
  // Only here: no other command needs it.
  const { createServer } = await import("node:http");
  const server = createServer((incoming, outgoing) => void answer(handler, incoming, outgoing));
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

async function answer(handler: Handler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const { headers, method } = incoming;
  try {
    if (isForeign(headers)) return refuse(outgoing, 403, "only pages of this machine are answered");
    const more = headersFor(headers);
    if (method === "OPTIONS") return void outgoing.writeHead(204, more).end();
    const body = await bodyOf(incoming);
    if (body === undefined) return refuse(outgoing, 413, `the body of a request is to have at most ${mostBytes} bytes`);
    const request = requestOf(incoming, body, gone.signal);
    if (request === undefined) return refuse(outgoing, 400, `there is no ${method} here`);
    await send(await handler(request), outgoing, more);
  } catch {
    // The caller has gone, or is to see a connection that breaks.
    outgoing.destroy();
  }
}

/**
 * Refuses what does not get as far as the API, in the shape of its errors; the rest of the request is not waited for.
 */
function refuse(outgoing: ServerResponse, status: number, message: string): void {
  const error = { message: `simulated: ${message}`, type: "invalid_request_error", param: null, code: null };
  outgoing
    .writeHead(status, { "content-type": "application/json", connection: "close" })
    .end(JSON.stringify({ error }));
}

/** The whole body, for a form is not understood before its end; none where it is too large. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  if (Number(incoming.headers["content-length"] ?? 0) > mostBytes) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  // Left early, the loop would end the connection before the answer is sent.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    if ((size += (chunk as Buffer).length) > mostBytes) return undefined;
  }
  return Buffer.concat(chunks);
}

/** None for methods that a Request cannot have, such as TRACE. */
function requestOf(
  { method = "GET", url = "/", rawHeaders }: IncomingMessage,
  body: Buffer<ArrayBuffer>,
  signal: AbortSignal,
): Request | undefined {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
  const bodiless = method === "GET" || method === "HEAD";
  try {
    return new Request(`http://${loopback}${url.startsWith("/") ? url : `/${url}`}`, {
      method,
      headers,
      signal,
      ...(bodiless ? {} : { body }),
    });
  } catch {
    return undefined;
  }
}

async function send(
  response: Response,
  outgoing: ServerResponse,
  more: Readonly<Record<string, string>>,
): Promise<void> {
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), ...more });
  // Files come in pieces and say their length; the rest is short.
  if (response.body && response.headers.has("content-length"))
    await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
  else outgoing.end(Buffer.from(await response.arrayBuffer()));
}
