// Pages of files and of batches: `limit` and `after` in, the envelope of the official list out.
import { refuse } from "./api-error.js";

/** What stands in the query of a list. */
export interface Page {
  readonly limit: number;
  readonly after: string | undefined;
}

/** Reads the query; `most` and `usual` are the largest limit and the one unless asked. */
export function pageOf(query: URLSearchParams, [most, usual]: readonly [number, number]): Page {
  const told = query.get("limit");
  const limit = told === null ? usual : Number(told);
  if (!Number.isInteger(limit) || limit < 1 || limit > most)
    refuse("range", "limit", `a whole number from 1 to ${most}`);
  return { limit, after: query.get("after") ?? undefined };
}

/** The page of a list that is in the order in which it is told; `write` makes what goes over the wire. */
export function listOf<T>(
  items: readonly T[],
  { limit, after }: Page,
  idOf: (item: T) => string,
  write: (item: T) => object,
): Response {
  const place = after === undefined ? -1 : items.findIndex((item) => idOf(item) === after);
  if (after !== undefined && place < 0) refuse("cursor", after);
  const page = items.slice(place + 1, place + 1 + limit);
  const id = (at: number) => (page.length === 0 ? null : idOf(page.at(at)!));
  return Response.json({
    object: "list",
    data: page.map(write),
    first_id: id(0),
    last_id: id(-1),
    has_more: place + 1 + limit < items.length,
  });
}
