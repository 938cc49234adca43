// How a browser is let in: by a link that works once, for which it gets a cookie.
import type { IncomingMessage } from "node:http";
import { hasCookie, isSame, newSecret } from "./request-guard.js";

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
  admits(request: IncomingMessage): boolean;
  /** The token in the target of a request, if it is a link; whether it is valid is for {@link exchange} to say. */
  tokenIn(request: IncomingMessage): string | undefined;
  /**
   * Exchanges the token of the current link for the cookie, as the value of `Set-Cookie`; nothing for any other token.
   * The link is used then, and there is a new one.
   */
  exchange(token: string): string | undefined;
}

/** Secrets of a new server; `onUsed` is called with the new link whenever one was used. */
export function newAdmission(onUsed: (link: string) => void): Admission {
  const path = `/${newSecret(12)}/`;
  const name = `batchlight_${newSecret(6)}`;
  const session = newSecret();
  let token = newSecret();
  const linkTo = (): string => `${path}?token=${token}`;
  return {
    path,
    get link() {
      return linkTo();
    },
    admits: (request) => hasCookie(request, name, session),
    tokenIn: ({ method, url = "" }) =>
      method === "GET" && url.startsWith(path) ? /^\?token=([\w-]+)$/.exec(url.slice(path.length))?.[1] : undefined,
    exchange(given) {
      if (!isSame(given, token)) return undefined;
      token = newSecret();
      onUsed(linkTo());
      return `${name}=${session}; HttpOnly; SameSite=Strict; Path=${path}`;
    },
  };
}
