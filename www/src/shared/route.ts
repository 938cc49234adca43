// The routes of the board. A route is in the fragment of the address, so that links work wherever the board is served.

/** The pages: fragment, link text, document title, and the key that opens the page after `g`. */
export const pages = {
  batches: { hash: "#/", name: "Batches", title: "Batches · batchlight", key: "b" },
  examples: { hash: "#/examples", name: "Examples", title: "Examples · batchlight", key: "e" },
  files: { hash: "#/files", name: "Files", title: "Files · batchlight", key: "f" },
  runs: { hash: "#/runs", name: "Runs", title: "Runs · batchlight", key: "r" },
  lifecycle: { hash: "#/lifecycle", name: "Lifecycle", title: "Lifecycle · batchlight", key: "l" },
} as const;

/** The name of a page. */
export type PageName = keyof typeof pages;

/** All page names, in the order of the links. */
export const pageNames = Object.keys(pages) as readonly PageName[];

/** The pages that show one batch or run. */
const pagesWithId: readonly PageName[] = ["batches", "lifecycle", "runs"];

/** A page and what it shows. */
export interface Route {
  readonly page: PageName;
  /** The id of the selected batch, or the name of the selected run. */
  readonly id?: string | undefined;
  /** The filters of the page: group, search text, order. */
  readonly query: URLSearchParams;
}

/** Parses a fragment. An unknown page becomes the first page. */
export function parseHash(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [first, second] = path.split("/", 2);
  const page = pageNames.find((name) => name === first) ?? "batches";
  const id = pagesWithId.includes(page) ? decodeSegment(second) : undefined;
  return { page, id, query: new URLSearchParams(query) };
}

function decodeSegment(segment: string | undefined): string | undefined {
  if (!segment) return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Formats a route as a fragment. */
export function formatHash({
  page,
  id,
  query = new URLSearchParams(),
}: Omit<Route, "query"> & { readonly query?: URLSearchParams }): string {
  const path = id === undefined ? pages[page].hash : `#/${page}/${encodeURIComponent(id)}`;
  const search = String(query);
  return search === "" ? path : `${path}?${search}`;
}

/** Navigates to a route. */
export function navigate(route: Parameters<typeof formatHash>[0]): void {
  location.hash = formatHash(route);
}

/** Updates the query of the current route without a new history entry. Empty values are removed. */
export function updateQuery(values: Readonly<Record<string, string | undefined>>): void {
  const { page, id, query } = parseHash(location.hash);
  for (const [name, value] of Object.entries(values)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const hash = formatHash({ page, id, query });
  if (hash !== location.hash) history.replaceState(history.state, "", hash);
}
