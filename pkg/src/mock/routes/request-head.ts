// What the head of a request says: which route it wants, and who sends it.
import { throwApiError } from "../http/api-error.js";
import type { MockOptions } from "../settings/options.js";

/**
 * The path of the route: from `/v1/` or `/_mock/` on. Azure's client leaves `/v1` out and adds `/openai`, and the
 * deployment where there is one.
 */
export function apiPath(request: Request): string {
  const { pathname } = new URL(request.url);
  const at = pathname.search(/\/(?:v1|_mock)\//);
  if (at >= 0) return pathname.slice(at);
  const azure = /\/openai\/(?:deployments\/[^/]+\/)?(.+)$/.exec(pathname);
  return azure ? `/v1/${azure[1]}` : pathname;
}

/** Whether a request has the path of Azure's client. */
export const isAzurePath = (request: Request): boolean => new URL(request.url).pathname.includes("/openai/");

/** Checks the API key: a bearer or basic authorization, or the header `api-key` of Azure's client. */
export function authenticate(auth: MockOptions["auth"], headers: Headers): void {
  if (auth === false) return;
  const key = /^(?:bearer|basic) +(.+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? headers.get("api-key");
  if (!key) return throwApiError("no_key");
  const keys = typeof auth === "string" ? [auth] : auth;
  if (keys && !keys.includes(key)) throwApiError("wrong_key");
}
