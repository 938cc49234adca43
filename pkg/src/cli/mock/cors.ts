// Access control for browsers: pages of this machine may use the mock, other pages may not, even under a name that
// resolves to this machine (DNS rebinding). Clients that are not browsers are always allowed.
import type { IncomingHttpHeaders } from "node:http";
import { isLoopback } from "../board/request-guard.js";

/** The hostname of a URL. Returns undefined for invalid URLs. */
const hostnameIn = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, "") : undefined;

const isLocalUrl = (url: string): boolean => isLoopback(hostnameIn(url) ?? "");

/** Whether a request comes from a page of another machine. */
export function isCrossSite({ origin, host, "sec-fetch-site": site }: IncomingHttpHeaders): boolean {
  if (origin === undefined && site === undefined) return false;
  return !isLocalUrl(`http://${host}`) || (origin !== undefined && !isLocalUrl(origin));
}

/** The CORS headers for a page of this machine, including those for preflight requests. */
export function corsHeaders({
  origin,
  "access-control-request-method": requestedMethod,
}: IncomingHttpHeaders): Record<string, string> {
  if (origin === undefined) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "*",
    vary: "origin",
    // The wildcard includes all headers but `authorization`.
    ...(requestedMethod !== undefined && {
      "access-control-allow-headers": "authorization, *",
      "access-control-allow-methods": "GET, POST, DELETE",
      "access-control-max-age": "600",
    }),
  };
}
