// Which page is shown: by what stands after the # of the address, so that a link leads to it wherever the board is put.

/** The pages: where each is, what its link says, what its title says, and the key that leads there after `g`. */
export const pages = {
  batches: { hash: "#/", name: "Batches", title: "batchlight: batches", key: "b" },
  examples: { hash: "#/examples", name: "Examples", title: "batchlight: the board", key: "e" },
  files: { hash: "#/files", name: "Files", title: "batchlight: files", key: "f" },
  lifecycle: { hash: "#/lifecycle", name: "Lifecycle", title: "batchlight: the lifecycle", key: "l" },
} as const;

/** A page. */
export type Page = keyof typeof pages;

/** All of them, in the order of the links. */
export const pageNames = Object.keys(pages) as readonly Page[];

/** A place in the board. */
export interface Place {
  readonly page: Page;
  /** The batch it is about. */
  readonly id?: string | undefined;
  /** What is chosen there: a group, words to find, an order. */
  readonly query: URLSearchParams;
}

/** The place of an address; the first page for what leads nowhere. */
export function placeOf(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [first, second] = path.split("/", 2);
  const page = pageNames.find((name) => name === first) ?? "batches";
  const id = page === "batches" || page === "lifecycle" ? decoded(second) : undefined;
  return { page, id, query: new URLSearchParams(query) };
}

function decoded(text: string | undefined): string | undefined {
  if (!text) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a place. */
export function hashOf({
  page,
  id,
  query = new URLSearchParams(),
}: Omit<Place, "query"> & { readonly query?: URLSearchParams }): string {
  const path = id === undefined ? pages[page].hash : `#/${page}/${encodeURIComponent(id)}`;
  const asked = String(query);
  return asked === "" ? path : `${path}?${asked}`;
}

/** Goes to a place. */
export function go(place: Parameters<typeof hashOf>[0]): void {
  location.hash = hashOf(place);
}

/** Writes what is chosen on a page into its address, without a step for the Back button; what is empty is left out. */
export function keepChoice(choice: Readonly<Record<string, string | undefined>>): void {
  const { page, id, query } = placeOf(location.hash);
  for (const [name, value] of Object.entries(choice)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const hash = hashOf({ page, id, query });
  if (hash !== location.hash) history.replaceState(history.state, "", hash);
}
