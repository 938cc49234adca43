// The board's server: a page, its files, and the way to the API.
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Trouble, codeOf } from "../exit.js";
import type { Upstream } from "./address.js";
import { type Refusal, hasCookie, inAddress, isOurs, isSame, newSecret, strangerIn } from "./gate.js";
import { inert } from "./headers.js";
import { type Page, readPages } from "./pages.js";
import { type Source, apiAt, forward, refuseAsApi } from "./proxy.js";
import { routeOf } from "./routes.js";
import { simulated, speed } from "./simulated.js";

/** A board that is served. */
export interface Served {
  /** Where, with the token that lets a browser in. */
  readonly url: string;
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
}: {
  readonly port: number;
  readonly host: string;
  readonly upstream: Upstream | undefined;
}): Promise<Served> {
  const source = upstream ? apiAt(upstream) : await simulated();
  const pages = readPages({
    host: upstream?.base.host ?? "",
    simulated: !upstream,
    every: upstream ? every.real : every.simulated,
    speed: upstream ? 1 : speed,
    profile: !upstream || upstream.base.hostname === "api.openai.com" ? "openai" : "compatible",
  });
  const token = newSecret();
  const session = newSecret();
  const server = createServer((request, response) => {
    const { port: at } = server.address() as AddressInfo;
    void answer(request, response, { place: { host, port: at }, pages, source, token, session }).catch(() =>
      response.destroy(),
    );
  });
  await listening(server, port, host);
  const { port: at } = server.address() as AddressInfo;
  const shown = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : inAddress(host);
  return {
    url: `http://${shown}:${at}/?token=${token}`,
    closed: new Promise((resolve) => server.once("close", resolve)),
  };
}

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
  readonly token: string;
  readonly session: string;
}

async function answer(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const { method = "", url: target = "" } = request;
  // Bodies are read by nobody.
  request.resume();
  const cookie = `batchlight_board_${desk.place.port}`;
  const token = method === "GET" ? /^\/\?token=([\w-]+)$/.exec(target)?.[1] : undefined;
  const refused = turnedAway(request, desk, token !== undefined);
  if (refused) return refuse(response, target, refused);
  if (token !== undefined && isSame(token, desk.token)) {
    // On to an address without the token: it stays in no history, and the page's scripts never see the cookie.
    response.writeHead(303, {
      ...inert,
      Location: "/",
      "Set-Cookie": `${cookie}=${desk.session}; HttpOnly; SameSite=Strict; Path=/`,
    });
    return void response.end();
  }
  if (!hasCookie(request, cookie, desk.session))
    return refuse(response, target, {
      status: 401,
      message: "open the address that batchlight board has printed: it has the token that lets you in",
    });
  const page = desk.pages.get(target);
  if (page && method === "GET") {
    response.writeHead(200, { ...page.headers, "Content-Length": page.body.length });
    return void response.end(page.body);
  }
  const route = page ? { allow: "GET" } : routeOf(method, target);
  if (!route) return refuse(response, target, { status: 404, message: "there is nothing here" });
  if ("allow" in route)
    return refuse(response, target, { status: 405, message: `expected the method ${route.allow}`, allow: route.allow });
  return forward(desk.source, route, response);
}

function turnedAway(request: IncomingMessage, { place }: Desk, withToken: boolean): Refusal | undefined {
  const { headers, rawHeaders, method, url } = request;
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length;
  if (hosts !== 1 || !isOurs(headers.host, place)) return { status: 421, message: "this server goes by another name" };
  if (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0)
    return { status: 413, message: "expected a request without a body" };
  // A link from elsewhere may lead to the page; the cookie stays behind, and the token in it is as good as typed.
  return strangerIn(request, method === "GET" && (withToken || url === "/"));
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
