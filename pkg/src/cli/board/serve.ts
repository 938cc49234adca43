// The board's HTTP server: sign-in, static files, and the proxy to the API.
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { speed } from "../../common/simulated-api.js";
import { CliError, errorCode } from "../exit.js";
import { accountId, type Upstream } from "./upstream.js";
import { type Admission, createAdmission } from "./admission.js";
import { type Refusal, urlHost, isLoopback, isOwnHost, checkOrigin } from "./request-guard.js";
import { inertHeaders } from "./headers.js";
import { type StaticFile, readStaticFiles } from "./static-files.js";
import { type BatchApi, remoteApi, forwardRequest, notAllowed, sendApiError } from "./proxy.js";
import { hasBody, readBody } from "./request-body.js";
import { type Change, routeOf } from "./routes.js";
import { simulatedApi } from "./simulated.js";

/** A running board. */
export interface ServedBoard {
  /** The sign-in link. */
  readonly url: string;
  /** Whether other machines can reach the board. */
  readonly exposed: boolean;
  /** Resolves when the server has closed. */
  readonly closed: Promise<void>;
}

/**
 * The interval between two requests for the list, in seconds: rare for a real API, frequent for simulated batches,
 * which progress within minutes.
 */
const pollSeconds = { real: 30, simulated: 5 } as const;

/** Starts the board. Without an upstream, it shows simulated batches. */
export async function serveBoard({
  port,
  host,
  upstream,
  readOnly,
  onNewUrl,
}: {
  readonly port: number;
  readonly host: string;
  readonly upstream: Upstream | undefined;
  /** Whether requests that change something are refused. */
  readonly readOnly: boolean;
  /** Called with the next sign-in link after one was used. */
  readonly onNewUrl: (url: string) => void;
}): Promise<ServedBoard> {
  const api = upstream ? remoteApi(upstream) : await simulatedApi();
  const files = readStaticFiles({
    host: upstream?.base.host ?? "",
    simulated: !upstream,
    readOnly,
    account: upstream && accountId(upstream),
    every: upstream ? pollSeconds.real : pollSeconds.simulated,
    speed: upstream ? 1 : speed,
    profile: !upstream || upstream.base.hostname === "api.openai.com" ? "openai" : "compatible",
  });
  const urlOf = (link: string): string => {
    const { address, port: actualPort } = server.address() as AddressInfo;
    return `http://${loopbackForWildcard[address] ?? urlHost(host)}:${actualPort}${link}`;
  };
  const admission = createAdmission((link) => onNewUrl(urlOf(link)));
  const refusals = refusedChanges(readOnly, !upstream);
  const server = createServer((request, response) => {
    const { port: actualPort } = server.address() as AddressInfo;
    void handleRequest(request, response, {
      address: { host, port: actualPort },
      files,
      api,
      admission,
      refusals,
    }).catch(() => response.destroy());
  });
  // A large file takes as long as the API takes to receive it.
  server.requestTimeout = 0;
  await listen(server, port, host);
  return {
    url: urlOf(admission.link),
    exposed: !isLoopback((server.address() as AddressInfo).address),
    closed: new Promise((resolve) => server.once("close", resolve)),
  };
}

/** The changes that are refused, each with the reason. */
function refusedChanges(readOnly: boolean, simulated: boolean): ReadonlyMap<Change, string> {
  const refuse = (reason: string, ...changes: readonly Change[]): ReadonlyMap<Change, string> =>
    new Map(changes.map((change) => [change, reason]));
  if (readOnly) return refuse("this board was started with --read-only", "cancel", "upload", "create");
  if (simulated) return refuse("these batches are simulated; set OPENAI_API_KEY to send files", "upload", "create");
  return new Map();
}

/** The loopback addresses for servers that listen on all interfaces. */
const loopbackForWildcard: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };

async function listen(server: Server, port: number, host: string): Promise<void> {
  const listenErrors: Readonly<Record<string, string>> = {
    EADDRINUSE: "is in use; choose another port with --port, or use --port 0",
    EACCES: "is not permitted",
    EADDRNOTAVAIL: "is not an address of this machine",
    ENOTFOUND: "is not an address of this machine",
  };
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(new CliError(`${urlHost(host)}:${port} ${listenErrors[errorCode(error) ?? ""] ?? "cannot be used"}`)),
    );
    server.listen(port, host, resolve);
  });
}

/** The state that requests are answered from. */
interface ServerState {
  readonly address: { readonly host: string; readonly port: number };
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly api: BatchApi;
  readonly admission: Admission;
  readonly refusals: ReadonlyMap<Change, string>;
}

async function handleRequest(request: IncomingMessage, response: ServerResponse, state: ServerState): Promise<void> {
  const { method = "", url: target = "" } = request;
  const { admission } = state;
  // Only routes that change something read a body.
  if (method !== "POST") request.resume();
  const isBelowPath = target.startsWith(admission.path);
  // The part of the target below the board's path, with a leading slash.
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
      message: "open the link that batchlight board printed in its terminal",
    });
  const file = isBelowPath ? state.files.get(subpath) : undefined;
  if (file && method === "GET") {
    response.writeHead(200, { ...file.headers, "Content-Length": file.body.length });
    return void response.end(file.body);
  }
  const route = file ? { allow: "GET" } : isBelowPath ? routeOf(method, subpath) : undefined;
  if (!route) return sendRefusal(response, subpath, { status: 404, message: "not found" });
  if ("allow" in route)
    return sendRefusal(response, subpath, {
      status: 405,
      message: `expected method ${route.allow}, found ${method}`,
      allow: route.allow,
    });
  const reason = route.change && state.refusals.get(route.change);
  if (reason !== undefined) return sendRefusal(response, subpath, { status: 403, message: reason });
  const read = route.change ? await readBody(request, route.change) : {};
  if ("refusal" in read) return sendRefusal(response, subpath, read.refusal);
  return forwardRequest(state.api, route, response, read.body);
}

/** Signs a browser in and redirects it to the address without the token. */
function signIn(request: IncomingMessage, response: ServerResponse, admission: Admission, token: string): void {
  const cookie = admission.redeem(token);
  if (cookie === undefined && !admission.isAdmitted(request))
    return sendRefusal(response, "/", {
      status: 401,
      message:
        "This link has already been used. Each link works for one browser.\nOpen the newest link that batchlight " +
        "board printed in its terminal, or restart it.",
    });
  // HttpOnly hides the cookie from the page's scripts.
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
    return { status: 421, message: "expected a Host header that names this server" };
  if (request.method !== "POST" && hasBody(request))
    return { status: 413, message: "expected a request without a body" };
  // A link on another site may open the page: SameSite keeps the cookie back, so the token alone signs in.
  return checkOrigin(request, navigating);
}

function sendRefusal(response: ServerResponse, target: string, { status, message, allow }: Refusal): void {
  const headers = {
    ...(allow === undefined ? {} : { Allow: allow }),
    ...(status === 413 ? { Connection: "close" } : {}),
  };
  if (target.startsWith("/v1/")) return sendApiError(response, status, message, notAllowed, headers);
  response.writeHead(status, { ...inertHeaders, ...headers, "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${message}\n`);
}
