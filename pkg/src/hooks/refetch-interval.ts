// The interval for TanStack Query, which polls by itself.
import { nextPoll } from "../runtime/registered-core.js";

/** A query of TanStack Query, as its option `refetchInterval` receives it. */
export interface QueryLike {
  /** The state of the query. */
  readonly state: {
    /** What the query returned last: a batch, an array of batches, or a page of them. */
    readonly data?: unknown;
  };
}

/**
 * Returns when a query for a batch or for several should be fetched again: in milliseconds, or false once all batches
 * have ended. It is the value of TanStack Query's option `refetchInterval`.
 *
 * @example
 * import { batchRefetchInterval } from "batchlight/store";
 * // In your code: useQuery({ queryKey, queryFn, refetchInterval: batchRefetchInterval })
 * console.log(batchRefetchInterval({ state: { data: { status: "completed" } } })); // false
 */
export function batchRefetchInterval({ state: { data } }: QueryLike): number | false {
  const seconds = batchesIn(data).flatMap((batch) => {
    const advice = nextPoll(batch);
    return advice.action === "wait" ? [advice.seconds] : [];
  });
  return seconds.length > 0 ? Math.min(...seconds) * 1000 : false;
}

function batchesIn(data: unknown): readonly unknown[] {
  if (data === undefined || data === null) return [];
  const page = (data as { readonly data?: unknown }).data;
  return Array.isArray(data) ? data : Array.isArray(page) ? page : [data];
}
