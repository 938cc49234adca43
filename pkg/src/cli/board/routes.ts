// The allowlist of API routes that the board needs.

/** What a request changes at the API. */
export type Change = "cancel" | "upload" | "create";

/** An allowed request to the API. */
export interface Route {
  readonly method: "GET" | "POST";
  /** The path below the API's base URL, with its query. */
  readonly path: string;
  /** Whether the response is file content of any type. */
  readonly content: boolean;
  /** What the request changes; undefined if it only reads. */
  readonly change: Change | undefined;
}

/** An id in a path. Excludes `%`, `.` and a second `/`, so that no proxy can interpret the path differently. */
export const id = "[A-Za-z0-9_-]{1,256}";
const query = `(?:\\?(?:(?:limit=\\d{1,3}|after=${id})(?:&(?=.)|$)){1,2})?`;
const routes: readonly { readonly method: Route["method"]; readonly pattern: RegExp; readonly change?: Change }[] = [
  { method: "GET", pattern: new RegExp(`^/batches${query}$`) },
  { method: "POST", pattern: /^\/batches$/, change: "create" },
  { method: "GET", pattern: new RegExp(`^/batches/${id}$`) },
  { method: "POST", pattern: new RegExp(`^/batches/${id}/cancel$`), change: "cancel" },
  // The names of input files, by which people know their batches.
  { method: "GET", pattern: new RegExp(`^/files\\?purpose=batch&limit=\\d{1,3}(?:&after=${id})?$`) },
  { method: "POST", pattern: /^\/files$/, change: "upload" },
  { method: "GET", pattern: new RegExp(`^/files/${id}$`) },
  { method: "GET", pattern: new RegExp(`^/files/${id}/content$`) },
];

/**
 * Finds the route of a request's target.
 *
 * @returns the route; the allowed methods if only the method does not match; undefined for unknown paths
 */
export function routeOf(method: string, target: string): Route | { readonly allow: string } | undefined {
  if (!target.startsWith("/v1/")) return undefined;
  const path = target.slice(3);
  const matching = routes.filter(({ pattern }) => pattern.test(path));
  if (matching.length === 0) return undefined;
  const route = matching.find((candidate) => candidate.method === method);
  return route
    ? { method: route.method, path, content: path.endsWith("/content"), change: route.change }
    : { allow: matching.map((candidate) => candidate.method).join(", ") };
}
