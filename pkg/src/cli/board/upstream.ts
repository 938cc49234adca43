// Reads the API's address and key from the environment variables of the official clients.
import { createHash } from "node:crypto";
import { defaultBaseUrl } from "../../common/openai.js";
import { CliError } from "../exit.js";
import { isLoopback } from "./request-guard.js";

/** An API and its key. */
export interface Upstream {
  /** The base URL; paths such as `/batches` are appended. */
  readonly base: URL;
  /** The API key. */
  readonly key: string;
}

/** The minimum length of a key that is removed from responses: a shorter one would be found in ordinary words. */
const minSecretLength = 8;

/** Whether a key is long enough to be a secret. The mock accepts any key, such as `any`. */
export const isSecret = (key: string): boolean => key.length >= minSecretLength;

/**
 * Reads the API from the environment. Returns undefined if no key is set. Error messages contain neither the key nor
 * the address, which may contain a key too.
 */
export function upstreamFromEnv(env: Readonly<Record<string, string | undefined>>): Upstream | undefined {
  const key = env.OPENAI_API_KEY?.trim();
  if (!key) return undefined;
  const baseUrl = env.OPENAI_BASE_URL?.trim() || defaultBaseUrl;
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!base || !/^https?:$/.test(base.protocol))
    throw new CliError("OPENAI_BASE_URL: expected a URL that starts with https:// or http://");
  if (base.username || base.password)
    throw new CliError("OPENAI_BASE_URL: expected a URL without a user name and password");
  // Accepts characters that are valid in a header and not escaped in JSON or HTML, so that a key in a response can be
  // found. A server on this machine may take any key.
  const isLongEnough = isSecret(key) || isLoopback(base.hostname);
  if (!isLongEnough || !/^[\x21-\x7e]{1,4096}$/.test(key) || /["'\\<>&]/.test(key))
    throw new CliError("OPENAI_API_KEY: expected at least 8 characters, without spaces and quotes");
  return { base, key };
}

/** The URL of a path below the base URL. Keeps the query of the base URL. */
export function upstreamUrl({ base }: Upstream, path: string): URL {
  const [pathname, query] = path.split("?", 2) as [string, string?];
  const address = new URL(base);
  address.pathname = base.pathname.replace(/\/+$/, "") + pathname;
  for (const [name, value] of new URLSearchParams(query)) address.searchParams.set(name, value);
  return address;
}

/** The hexadecimal digits of an account's id: enough to tell accounts apart, too few to confirm a guess of a key. */
const accountDigits = 8;

/** An id of an address and a key, by which the page knows which runs it began with them. */
export const accountId = ({ base, key }: Upstream): string =>
  createHash("sha256").update(`${base.href}\n${key}`).digest("hex").slice(0, accountDigits);
