// How a browser is let in: by a link that works once, for which it gets a cookie.
import type { IncomingMessage } from "node:http";
import { hasCookie, secretsEqual, createSecret } from "./request-guard.js";

/** Lets browsers in. */
export interface Admission {
  /**
   * The path that everything is served below; it begins and ends with `/`. The cookie is sent to this path only. It
   * would be sent to every port of this machine otherwise, since cookies do not know ports.
   */
  readonly path: string;
  /** The path and query of the link that lets the next browser in. */
  readonly link: string;
  /** Whether a request carries the cookie. */
  isAdmitted(request: IncomingMessage): boolean;
  /** The token in the target of a request, if it is a link; whether it is valid is for {@link redeem} to say. */
  linkToken(request: IncomingMessage): string | undefined;
  /**
   * Exchanges the token of the current link for the cookie, as the value of `Set-Cookie`; nothing for any other token.
   * The link is used then, and there is a new one.
   */
  redeem(token: string): string | undefined;
}

/** Secrets of a new server; `onUsed` is called with the new link whenever one was used. */
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
