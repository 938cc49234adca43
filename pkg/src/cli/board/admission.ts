// Signs browsers in: a link with a one-time token sets a session cookie.
import type { IncomingMessage } from "node:http";
import { hasCookie, secretsEqual, createSecret } from "./request-guard.js";

/** Signs browsers in. */
export interface Admission {
  /**
   * The path that everything is served below, with a slash at both ends. The cookie is limited to this path, because
   * browsers send cookies to every port of a host.
   */
  readonly path: string;
  /** The path and query of the link that signs the next browser in. */
  readonly link: string;
  /** Whether a request carries the session cookie. */
  isAdmitted(request: IncomingMessage): boolean;
  /** The token in a request's target, if the target is a link. {@link redeem} checks the token. */
  linkToken(request: IncomingMessage): string | undefined;
  /**
   * Redeems the token of the current link and returns the value of `Set-Cookie`. Returns undefined for any other token.
   * A redeemed link is replaced by a new one.
   */
  redeem(token: string): string | undefined;
}

/** Creates the secrets of a server. Calls `onUsed` with the new link after each redeemed one. */
export function createAdmission(onUsed: (link: string) => void): Admission {
  const path = `/${createSecret(12)}/`;
  const name = `batchlight_${createSecret(6)}`;
  const session = createSecret();
  let token = createSecret();
  const currentLink = (): string => `${path}?token=${token}`;
  return {
    path,
    get link() {
      return currentLink();
    },
    isAdmitted: (request) => hasCookie(request, name, session),
    linkToken: ({ method, url = "" }) =>
      method === "GET" && url.startsWith(path) ? /^\?token=([\w-]+)$/.exec(url.slice(path.length))?.[1] : undefined,
    redeem(candidate) {
      if (!secretsEqual(candidate, token)) return undefined;
      token = createSecret();
      onUsed(currentLink());
      return `${name}=${session}; HttpOnly; SameSite=Strict; Path=${path}`;
    },
  };
}
