// Pages of files and of batches: `limit` and `after` in, the envelope of the official list out.
import { throwApiError } from "./api-error.js";

/** What stands in the query of a list. */
export interface Page {
  readonly limit: number;
  readonly after: string | undefined;
}

/** Reads the query; `most` and `usual` are the largest limit and the one unless asked. */
export function parsePageQuery(query: URLSearchParams, [maxLimit, defaultLimit]: readonly [number, number]): Page {
  const limitText = query.get("limit");
  const limit = limitText === null ? defaultLimit : Number(limitText);
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit)
    throwApiError("range", "limit", `a whole number from 1 to ${maxLimit}`);
  return { limit, after: query.get("after") ?? undefined };
}

/** The page of a list that is in the order in which it is told; `write` makes what goes over the wire. */
export function listResponse<T>(
  items: readonly T[],
  { limit, after }: Page,
  idOf: (item: T) => string,
  toWire: (item: T) => object,
): Response {
  const cursorIndex = after === undefined ? -1 : items.findIndex((item) => idOf(item) === after);
  if (after !== undefined && cursorIndex < 0) throwApiError("cursor", after);
  const page = items.slice(cursorIndex + 1, cursorIndex + 1 + limit);
  const id = (at: number) => (page.length === 0 ? null : idOf(page.at(at)!));
  return Response.json({
    object: "list",
    data: page.map(toWire),
    first_id: id(0),
    last_id: id(-1),
    has_more: cursorIndex + 1 + limit < items.length,
  });
}
