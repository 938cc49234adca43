// The board's server: a file, its files, and the way to the API.
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CliError, errorCode } from "../exit.js";
import type { Upstream } from "./upstream.js";
import { type Admission, createAdmission } from "./admission.js";
import { type Refusal, urlHost, isLoopback, isOwnHost, checkOrigin } from "./request-guard.js";
import { inertHeaders } from "./headers.js";
import { type StaticFile, readStaticFiles } from "./static-files.js";
import { type BatchApi, remoteApi, forwardRequest, sendApiError } from "./proxy.js";
import { routeOf } from "./routes.js";
import { simulated, speed } from "./simulated.js";

/** A board that is served. */
export interface ServedBoard {
  /** Where, with the token that lets one browser in. */
  readonly url: string;
  /** Whether other machines can reach it. */
  readonly exposed: boolean;
  /** Resolves when the server has ended. */
  readonly closed: Promise<void>;
}

/** Seconds between two looks at the list: few requests of a real API, and enough of a day that passes in minutes. */
const pollSeconds = { real: 30, simulated: 5 } as const;

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
}): Promise<ServedBoard> {
  const api = upstream ? remoteApi(upstream) : await simulated();
  const files = readStaticFiles({
    host: upstream?.base.host ?? "",
    simulated: !upstream,
    every: upstream ? pollSeconds.real : pollSeconds.simulated,
    speed: upstream ? 1 : speed,
    profile: !upstream || upstream.base.hostname === "api.openai.com" ? "openai" : "compatible",
  });
  const urlOf = (link: string): string => {
    const { address, port: at } = server.address() as AddressInfo;
    return `http://${loopbackForWildcard[address] ?? urlHost(host)}:${at}${link}`;
  };
  const admission = createAdmission((link) => onNewUrl(urlOf(link)));
  const server = createServer((request, response) => {
    const { port: at } = server.address() as AddressInfo;
    void handleRequest(request, response, { address: { host, port: at }, files, api, admission }).catch(() =>
      response.destroy(),
    );
  });
  await listen(server, port, host);
  return {
    url: urlOf(admission.link),
    exposed: !isLoopback((server.address() as AddressInfo).address),
    closed: new Promise((resolve) => server.once("close", resolve)),
  };
}

/** Where a browser of this machine finds a server that listens on all addresses. */
const loopbackForWildcard: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };

async function listen(server: Server, port: number, host: string): Promise<void> {
  const systemMessages: Readonly<Record<string, string>> = {
    EADDRINUSE: "is in use; --port names another, and 0 takes any",
    EACCES: "is not permitted",
    EADDRNOTAVAIL: "is no address of this machine",
    ENOTFOUND: "is no address of this machine",
  };
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(
        new CliError(`${urlHost(host)}:${port} ${systemMessages[errorCode(error) ?? ""] ?? "cannot be listened on"}`),
      ),
    );
    server.listen(port, host, resolve);
  });
}

/** What every request is answered by. */
interface ServerState {
  readonly address: { readonly host: string; readonly port: number };
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly api: BatchApi;
  readonly admission: Admission;
}

async function handleRequest(request: IncomingMessage, response: ServerResponse, state: ServerState): Promise<void> {
  const { method = "", url: target = "" } = request;
  const { admission } = state;
  // Bodies are read by nobody.
  request.resume();
  const isBelowPath = target.startsWith(admission.path);
  // What stands below the path, beginning with `/`.
  const subpath = isBelowPath ? target.slice(admission.path.length - 1) : target;
  const token = admission.linkToken(request);
  const refusal = checkRequest(
    request,
    state,
    method === "GET" && (token !== undefined || (isBelowPath && subpath === "/")),
  );
  if (refusal) return sendRefusal(response, subpath, refusal);
  if (token !== undefined) return signIn(request, response, admission, token);
  if (!admission.isAdmitted(request))
    return sendRefusal(response, subpath, {
      status: 401,
      message: "open the address that batchlight board has printed: it has the token that lets you in",
    });
  const file = isBelowPath ? state.files.get(subpath) : undefined;
  if (file && method === "GET") {
    response.writeHead(200, { ...file.headers, "Content-Length": file.body.length });
    return void response.end(file.body);
  }
  const route = file ? { allow: "GET" } : isBelowPath ? routeOf(method, subpath) : undefined;
  if (!route) return sendRefusal(response, subpath, { status: 404, message: "there is nothing here" });
  if ("allow" in route)
    return sendRefusal(response, subpath, {
      status: 405,
      message: `expected the method ${route.allow}`,
      allow: route.allow,
    });
  return forwardRequest(state.api, route, response);
}

/** Answers a browser that comes by a link: on to an address without the token, which works once. */
function signIn(request: IncomingMessage, response: ServerResponse, admission: Admission, token: string): void {
  const cookie = admission.redeem(token);
  if (cookie === undefined && !admission.isAdmitted(request))
    return sendRefusal(response, "/", {
      status: 401,
      message:
        "This link has been used, and a link lets in one browser only.\n" +
        "Open the newest link that batchlight board has printed in its terminal, or stop it and start it again.",
    });
  // The file's scripts never see the cookie.
  response.writeHead(303, {
    ...inertHeaders,
    Location: admission.path,
    ...(cookie === undefined ? {} : { "Set-Cookie": cookie }),
  });
  response.end();
}

function checkRequest(request: IncomingMessage, { address }: ServerState, navigating: boolean): Refusal | undefined {
  const { headers, rawHeaders } = request;
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length;
  if (hosts !== 1 || !isOwnHost(headers.host, address))
    return { status: 421, message: "this server goes by another name" };
  if (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0)
    return { status: 413, message: "expected a request without a body" };
  // A link from elsewhere may lead to the file; the cookie stays behind, and the token in it is as good as typed.
  return checkOrigin(request, navigating);
}

function sendRefusal(response: ServerResponse, target: string, { status, message, allow }: Refusal): void {
  const headers = {
    ...(allow === undefined ? {} : { Allow: allow }),
    ...(status === 413 ? { Connection: "close" } : {}),
  };
  if (target.startsWith("/v1/")) return sendApiError(response, status, message, "not_let_through", headers);
  response.writeHead(status, { ...inertHeaders, ...headers, "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${message}\n`);
}
