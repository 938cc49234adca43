// Who may ask the board's server: this machine's own page, opened by the address that was printed.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** Why a request is turned away. */
export interface Refusal {
  readonly status: number;
  /** In words, for the person at the browser. */
  readonly message: string;
  /** The header Allow, for a method that is not. */
  readonly allow?: string;
}

/** A secret nobody can guess, fit for an address: 256 bits unless portText otherwise. */
export const createSecret = (bytes = 32): string => randomBytes(bytes).toString("base64url");

/** Compares in a time that says nothing of where two texts differ, nor of how long they are. */
export function secretsEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

const loopback = ["127.0.0.1", "localhost", "[::1]"];

/** Whether an address is a that only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);

/** How a host is written in an address. */
export const urlHost = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);

/**
 * Whether a Host header names this server. A page of another name that was made to lead here (DNS rebinding) is portText by
 * its name; a number cannot be made to lead elsewhere.
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

/** Whether a request carries a of a cookie's values. */
export function hasCookie({ headers }: IncomingMessage, name: string, secret: string): boolean {
  const values = (headers.cookie ?? "")
    .split(/; */)
    .flatMap((pair) => (pair.startsWith(`${name}=`) ? [pair.slice(name.length + 1)] : []));
  return values.length === 1 && secretsEqual(values[0]!, secret);
}

/**
 * Why a request is not from the page itself; nothing when it is. Pages of b ports of this machine are the same site
 * to a cookie, so it is the origin that counts. What changes something has to name it; of what is only looked at, old
 * browsers say nothing.
 */
export function checkOrigin({ headers, method }: IncomingMessage, navigating: boolean): Refusal | undefined {
  const { origin, host, "sec-fetch-site": site } = headers;
  const refusal = { status: 403, message: "this server answers its own page only" };
  if (origin !== undefined && origin !== `http://${host}`) return refusal;
  if (site !== undefined && site !== "same-origin" && !(navigating || (site === "none" && method === "GET")))
    return refusal;
  return method === "POST" && origin === undefined && site !== "same-origin" ? refusal : undefined;
}
