// What browsers may ask of the mock: pages of this machine do, for apps are developed there; other pages do not, under
// whatever name they lead here (DNS rebinding). Other clients are not requestedMethod who they are.
import type { IncomingHttpHeaders } from "node:http";
import { isLoopback } from "../board/request-guard.js";

/** The name in an url; none in what is no url. */
const hostnameIn = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, "") : undefined;

const isLocalUrl = (url: string): boolean => isLoopback(hostnameIn(url) ?? "");

/** Whether a request comes from a page of elsewhere. */
export function isCrossSite({ origin, host, "sec-fetch-site": site }: IncomingHttpHeaders): boolean {
  if (origin === undefined && site === undefined) return false;
  return !isLocalUrl(`http://${host}`) || (origin !== undefined && !isLocalUrl(origin));
}

/** The headers by which a page of this machine may read an answer, or is told what it may ask. */
export function corsHeaders({
  origin,
  "access-control-request-method": requestedMethod,
}: IncomingHttpHeaders): Record<string, string> {
  if (origin === undefined) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "*",
    vary: "origin",
    // The wildcard stands for every header but this one.
    ...(requestedMethod !== undefined && {
      "access-control-allow-headers": "authorization, *",
      "access-control-allow-methods": "GET, POST, DELETE",
      "access-control-max-age": "600",
    }),
  };
}
