// The board's server: a page, its files, and the way to the API.
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Trouble, codeOf } from "../exit.js";
import type { Upstream } from "./upstream.js";
import { type Admission, newAdmission } from "./admission.js";
import { type Refusal, inAddress, isLoopback, isOurs, strangerIn } from "./request-guard.js";
import { inert } from "./headers.js";
import { type Page, readPages } from "./static-files.js";
import { type Source, apiAt, forward, refuseAsApi } from "./proxy.js";
import { routeOf } from "./routes.js";
import { simulated, speed } from "./simulated.js";

/** A board that is served. */
export interface Served {
  /** Where, with the token that lets one browser in. */
  readonly url: string;
  /** Whether other machines can reach it. */
  readonly exposed: boolean;
  /** Resolves when the server has ended. */
  readonly closed: Promise<void>;
}

/** Seconds between two looks at the list: few requests of a real API, and enough of a day that passes in minutes. */
const every = { real: 30, simulated: 5 } as const;

/** Serves the board; without an upstream its batches are simulated. */
export async function serveBoard({
  port,
  host,
  upstream,
  onNewUrl,
}: {
  readonly port: number;
  readonly host: string;
  readonly upstream: Upstream | undefined;
  /** Called with the address that lets the next browser in, when the one before was used. */
  readonly onNewUrl: (url: string) => void;
}): Promise<Served> {
  const source = upstream ? apiAt(upstream) : await simulated();
  const pages = readPages({
    host: upstream?.base.host ?? "",
    simulated: !upstream,
    every: upstream ? every.real : every.simulated,
    speed: upstream ? 1 : speed,
    profile: !upstream || upstream.base.hostname === "api.openai.com" ? "openai" : "compatible",
  });
  const urlOf = (link: string): string => {
    const { address, port: at } = server.address() as AddressInfo;
    return `http://${wildcards[address] ?? inAddress(host)}:${at}${link}`;
  };
  const admission = newAdmission((link) => onNewUrl(urlOf(link)));
  const server = createServer((request, response) => {
    const { port: at } = server.address() as AddressInfo;
    void answer(request, response, { place: { host, port: at }, pages, source, admission }).catch(() =>
      response.destroy(),
    );
  });
  await listening(server, port, host);
  return {
    url: urlOf(admission.link),
    exposed: !isLoopback((server.address() as AddressInfo).address),
    closed: new Promise((resolve) => server.once("close", resolve)),
  };
}

/** Where a browser of this machine finds a server that listens on all addresses. */
const wildcards: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };

async function listening(server: Server, port: number, host: string): Promise<void> {
  const meanings: Readonly<Record<string, string>> = {
    EADDRINUSE: "is in use; --port names another, and 0 takes any",
    EACCES: "is not permitted",
    EADDRNOTAVAIL: "is no address of this machine",
    ENOTFOUND: "is no address of this machine",
  };
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(new Trouble(`${inAddress(host)}:${port} ${meanings[codeOf(error) ?? ""] ?? "cannot be listened on"}`)),
    );
    server.listen(port, host, resolve);
  });
}

/** What every request is answered by. */
interface Desk {
  readonly place: { readonly host: string; readonly port: number };
  readonly pages: ReadonlyMap<string, Page>;
  readonly source: Source;
  readonly admission: Admission;
}

async function answer(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const { method = "", url: target = "" } = request;
  const { admission } = desk;
  // Bodies are read by nobody.
  request.resume();
  const inside = target.startsWith(admission.path);
  // What stands below the path, beginning with `/`.
  const inner = inside ? target.slice(admission.path.length - 1) : target;
  const token = admission.tokenIn(request);
  const refused = turnedAway(request, desk, method === "GET" && (token !== undefined || (inside && inner === "/")));
  if (refused) return refuse(response, inner, refused);
  if (token !== undefined) return arrive(request, response, admission, token);
  if (!admission.admits(request))
    return refuse(response, inner, {
      status: 401,
      message: "open the address that batchlight board has printed: it has the token that lets you in",
    });
  const page = inside ? desk.pages.get(inner) : undefined;
  if (page && method === "GET") {
    response.writeHead(200, { ...page.headers, "Content-Length": page.body.length });
    return void response.end(page.body);
  }
  const route = page ? { allow: "GET" } : inside ? routeOf(method, inner) : undefined;
  if (!route) return refuse(response, inner, { status: 404, message: "there is nothing here" });
  if ("allow" in route)
    return refuse(response, inner, { status: 405, message: `expected the method ${route.allow}`, allow: route.allow });
  return forward(desk.source, route, response);
}

/** Answers a browser that comes by a link: on to an address without the token, which works once. */
function arrive(request: IncomingMessage, response: ServerResponse, admission: Admission, token: string): void {
  const cookie = admission.exchange(token);
  if (cookie === undefined && !admission.admits(request))
    return refuse(response, "/", {
      status: 401,
      message:
        "This link has been used, and a link lets in one browser only.\n" +
        "Open the newest link that batchlight board has printed in its terminal, or stop it and start it again.",
    });
  // The page's scripts never see the cookie.
  response.writeHead(303, {
    ...inert,
    Location: admission.path,
    ...(cookie === undefined ? {} : { "Set-Cookie": cookie }),
  });
  response.end();
}

function turnedAway(request: IncomingMessage, { place }: Desk, navigating: boolean): Refusal | undefined {
  const { headers, rawHeaders } = request;
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length;
  if (hosts !== 1 || !isOurs(headers.host, place)) return { status: 421, message: "this server goes by another name" };
  if (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0)
    return { status: 413, message: "expected a request without a body" };
  // A link from elsewhere may lead to the page; the cookie stays behind, and the token in it is as good as typed.
  return strangerIn(request, navigating);
}

function refuse(response: ServerResponse, target: string, { status, message, allow }: Refusal): void {
  const headers = {
    ...(allow === undefined ? {} : { Allow: allow }),
    ...(status === 413 ? { Connection: "close" } : {}),
  };
  if (target.startsWith("/v1/")) return refuseAsApi(response, status, message, "not_let_through", headers);
  response.writeHead(status, { ...inert, ...headers, "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${message}\n`);
}
