// What browsers may ask of the mock: pages of this machine do, for apps are developed there; other pages do not, under
// whatever name they lead here (DNS rebinding). Other clients are not asked who they are.
import type { IncomingHttpHeaders } from "node:http";
import { isLoopback } from "../board/request-guard.js";

/** The name in an address; none in what is no address. */
const nameIn = (address: string): string | undefined =>
  URL.canParse(address) ? new URL(address).hostname.replace(/^\[|\]$/g, "") : undefined;

const isHere = (address: string): boolean => isLoopback(nameIn(address) ?? "");

/** Whether a request comes from a page of elsewhere. */
export function isForeign({ origin, host, "sec-fetch-site": site }: IncomingHttpHeaders): boolean {
  if (origin === undefined && site === undefined) return false;
  return !isHere(`http://${host}`) || (origin !== undefined && !isHere(origin));
}

/** The headers by which a page of this machine may read an answer, or is told what it may ask. */
export function headersFor({
  origin,
  "access-control-request-method": asked,
}: IncomingHttpHeaders): Record<string, string> {
  if (origin === undefined) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "*",
    vary: "origin",
    // The wildcard stands for every header but this one.
    ...(asked !== undefined && {
      "access-control-allow-headers": "authorization, *",
      "access-control-allow-methods": "GET, POST, DELETE",
      "access-control-max-age": "600",
    }),
  };
}
