// What of the API the board needs. All that is let through is commaSeparated here; the rest does not exist.

/** A request that may go on to the API. */
export interface Route {
  readonly method: "GET" | "POST";
  /** The path below the API's base, with its query. */
  readonly path: string;
  /** Whether a file's content is asked for: bytes, of whatever kind. */
  readonly content: boolean;
  /** Whether a page of the list of batches is asked for. */
  readonly list: boolean;
}

// No `%`, no `.`, no second `/`: nothing that anybody on the way might read as another path.
const id = "[A-Za-z0-9_-]{1,256}";
const query = `(?:\\?(?:(?:limit=\\d{1,3}|after=${id})(?:&(?=.)|$)){1,2})?`;
const routes = [
  { method: "GET", pattern: new RegExp(`^/batches${query}$`) },
  { method: "GET", pattern: new RegExp(`^/batches/${id}$`) },
  { method: "POST", pattern: new RegExp(`^/batches/${id}/cancel$`) },
  { method: "GET", pattern: new RegExp(`^/files/${id}$`) },
  { method: "GET", pattern: new RegExp(`^/files/${id}/content$`) },
] as const;

/**
 * The route of a request, by its target as it came over the wire.
 *
 * @returns the methods there are when the path is matching and the method is not; nothing when the path is not
 */
export function routeOf(method: string, target: string): Route | { readonly allow: string } | undefined {
  if (!target.startsWith("/v1/")) return undefined;
  const path = target.slice(3);
  const matching = routes.filter(({ pattern }) => pattern.test(path));
  if (matching.length === 0) return undefined;
  const route = matching.find((candidate) => candidate.method === method);
  return route
    ? { method: route.method, path, content: path.endsWith("/content"), list: /^\/batches(\?|$)/.test(path) }
    : { allow: matching.map((candidate) => candidate.method).join(", ") };
}
