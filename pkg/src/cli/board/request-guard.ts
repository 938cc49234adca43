// Decides which requests the board's server accepts: only those of its own page on its own address.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** The response to a rejected request. */
export interface Refusal {
  readonly status: number;
  /** The reason, shown in the browser. */
  readonly message: string;
  /** The value of the `Allow` header, for status 405. */
  readonly allow?: string;
}

/** Creates a random URL-safe secret. Default: 256 bits. */
export const createSecret = (bytes = 32): string => randomBytes(bytes).toString("base64url");

/** Compares two strings in constant time. */
export function secretsEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

const loopback = ["127.0.0.1", "localhost", "[::1]"];

/** Whether a host is a loopback address. An IPv6 address may stand in brackets, as in a URL. */
export const isLoopback = (host: string): boolean =>
  ["localhost", "::1", "[::1]"].includes(host) || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Formats a host for a URL: IPv6 addresses are put in brackets. */
export const urlHost = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);

/**
 * Whether a Host header names this server. Rejects other names, which protects against DNS rebinding; IP addresses
 * cannot be rebound.
 */
export function isOwnHost(
  hostHeader: string | undefined,
  { host, port }: { readonly host: string; readonly port: number },
): boolean {
  const [, name, portText] = /^(\[[\da-f:.]+\]|[^:[\]]+)(?::(\d+))?$/i.exec(hostHeader ?? "") ?? [];
  if (name === undefined || Number(portText ?? 80) !== port) return false;
  const hostname = name.toLowerCase();
  if (hostname === urlHost(host).toLowerCase() || loopback.includes(hostname)) return true;
  return !isLoopback(host) && isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
}

/** Whether a request carries a cookie with the given secret, exactly once. */
export function hasCookie({ headers }: IncomingMessage, name: string, secret: string): boolean {
  const values = (headers.cookie ?? "")
    .split(/; */)
    .flatMap((pair) => (pair.startsWith(`${name}=`) ? [pair.slice(name.length + 1)] : []));
  return values.length === 1 && secretsEqual(values[0]!, secret);
}

/**
 * Checks that a request comes from the server's own page. Cookies are shared by all ports of a host, so the origin
 * decides. POST requests must name their origin; old browsers send none with GET requests.
 */
export function checkOrigin({ headers, method }: IncomingMessage, navigating: boolean): Refusal | undefined {
  const { origin, host, "sec-fetch-site": site } = headers;
  const refusal = { status: 403, message: "only the board's own page may use this server" };
  if (origin !== undefined && origin !== `http://${host}`) return refusal;
  if (site !== undefined && site !== "same-origin" && !(navigating || (site === "none" && method === "GET")))
    return refusal;
  return method === "POST" && origin === undefined && site !== "same-origin" ? refusal : undefined;
}
