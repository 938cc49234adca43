// HTTP for what answers a Request with a Response: Node's own server, and nothing between.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Trouble, codeOf } from "../exit.js";

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

/** More bytes than any file that the API takes; what is larger is not read to its end. */
const mostBytes = 2 ** 30;

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
  if (codeOf(error) === "EADDRINUSE") return new Trouble(`port ${port} is taken: --port names another, and --port 0 takes any that is free`);
  if (codeOf(error) === "EACCES") return new Trouble(`port ${port} is not permitted: --port names another, from 1024 on`);
  return error;
}

async function answer(handler: Handler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  try {
    const body = await bodyOf(incoming);
    if (body === undefined) return void outgoing.writeHead(413, { connection: "close" }).end(() => outgoing.destroy());
    await send(await handler(requestOf(incoming, body, gone.signal)), outgoing);
  } catch {
    // The caller has gone, or is to see a connection that breaks.
    outgoing.destroy();
  }
}

/** The whole body: a form is not understood before its end. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
    if ((size += (chunk as Buffer).length) > mostBytes) return undefined;
  }
  return Buffer.concat(chunks);
}

function requestOf({ method = "GET", url = "/", rawHeaders }: IncomingMessage, body: Buffer<ArrayBuffer>, signal: AbortSignal): Request {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
  const bodiless = method === "GET" || method === "HEAD";
  return new Request(`http://${loopback}${url.startsWith("/") ? url : `/${url}`}`, { method, headers, signal, ...(bodiless ? {} : { body }) });
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  // Files come in pieces and say their length; the rest is short.
  if (response.body && response.headers.has("content-length")) await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
  else outgoing.end(Buffer.from(await response.arrayBuffer()));
}
