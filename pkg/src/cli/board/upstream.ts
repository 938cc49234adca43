// Where the API is, and the key it is asked with: from the environment, by the names the official clients use.
import { CliError } from "../exit.js";

/** An API and the key for it. */
export interface Upstream {
  /** The address that paths such as `/batches` are put to. */
  readonly base: URL;
  /** The key. */
  readonly key: string;
}

/** What the official clients ask unless told otherwise. */
const defaultBaseUrl = "https://api.openai.com/v1";

/**
 * The API to ask; none where there is no key. Nothing it throws holds the key or the address, which may hold one too.
 */
export function upstreamFromEnv(env: Readonly<Record<string, string | undefined>>): Upstream | undefined {
  const key = env.OPENAI_API_KEY?.trim();
  if (!key) return undefined;
  // What a header can hold and nobody writes otherwise in JSON or HTML; so it can be found again in what comes back.
  if (!/^[\x21-\x7e]{8,4096}$/.test(key) || /["'\\<>&]/.test(key))
    throw new CliError("OPENAI_API_KEY: expected 8 characters or more, without spaces and quotes");
  const baseUrl = env.OPENAI_BASE_URL?.trim() || defaultBaseUrl;
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!base || !/^https?:$/.test(base.protocol))
    throw new CliError("OPENAI_BASE_URL: expected an address that begins with https:// or http://");
  if (base.username || base.password)
    throw new CliError("OPENAI_BASE_URL: expected an address without a name and password");
  return { base, key };
}

/** The address of a path below the base, which begins with `/`; what the base has in its query stays. */
export function upstreamUrl({ base }: Upstream, path: string): URL {
  const [pathname, query] = path.split("?", 2) as [string, string?];
  const address = new URL(base);
  address.pathname = base.pathname.replace(/\/+$/, "") + pathname;
  for (const [name, value] of new URLSearchParams(query)) address.searchParams.set(name, value);
  return address;
}
