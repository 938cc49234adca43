// Paginated lists of files and batches.
import { throwApiError } from "./api-error.js";

/** The query of a list. */
export interface Page {
  readonly limit: number;
  readonly after: string | undefined;
}

/** Parses `limit` and `after`. */
export function parsePageQuery(query: URLSearchParams, [maxLimit, defaultLimit]: readonly [number, number]): Page {
  const limitText = query.get("limit");
  const limit = limitText === null ? defaultLimit : Number(limitText);
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit)
    throwApiError("range", "limit", `a whole number from 1 to ${maxLimit}`);
  return { limit, after: query.get("after") ?? undefined };
}

/** Responds with a page of a sorted list. `toWire` converts an item to the API's object. */
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
