// Which batches are shown: by date, model, status and outcome, as the address says.
import type { StoredBatch } from "../../data/feed/batch-store.js";

/** The parameters of the address that filter batches, without the search text and the group of the list. */
export const filterNames = ["status", "outcome", "model", "date", "from", "to"] as const;

/** A parameter of the address. */
export type FilterName = (typeof filterNames)[number];

/** The choices of dates; `between` is from one day to another. */
export const dateChoices = {
  today: "Today",
  yesterday: "Yesterday",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  between: "Between…",
} as const;

/** A range of times in Unix seconds: the first one that belongs to it, and the first one after it. */
interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Whether a query searches or filters batches. A range of dates without a day does neither. */
export const hasFilter = (query: URLSearchParams): boolean =>
  ["status", "outcome", "model", "find"].some((name) => query.get(name)) || isBounded(timeRange(query, 0));

const isBounded = ({ from, to }: TimeRange): boolean => from !== -Infinity || to !== Infinity;

/** Returns the range of the times of creation that a query asks for. `now` is in Unix seconds. */
export function timeRange(query: URLSearchParams, now: number): TimeRange {
  const midnight = (offset: number): number => {
    const date = new Date(now * 1000);
    return new Date(date.getFullYear(), date.getMonth(), date.getDate() + offset).getTime() / 1000;
  };
  switch (query.get("date")) {
    case "today":
      return { from: midnight(0), to: Infinity };
    case "yesterday":
      return { from: midnight(-1), to: midnight(0) };
    case "7d":
      return { from: midnight(-6), to: Infinity };
    case "30d":
      return { from: midnight(-29), to: Infinity };
    case "between":
      return { from: dayStart(query.get("from"), 0) ?? -Infinity, to: dayStart(query.get("to"), 1) ?? Infinity };
    default:
      return { from: -Infinity, to: Infinity };
  }
}

/** Returns the start of a day such as `2026-11-29` in local time, or of a later day. */
function dayStart(day: string | null, offset: number): number | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? "") ?? [];
  if (year === undefined) return undefined;
  return new Date(Number(year), Number(month) - 1, Number(date) + offset).getTime() / 1000;
}

/** Returns the batches that a query asks for. `now` is in Unix seconds. */
export function filterBatches(
  stored: readonly StoredBatch[],
  query: URLSearchParams,
  now: number,
): readonly StoredBatch[] {
  const [status, outcome, model] = [query.get("status"), query.get("outcome"), query.get("model")];
  const range = timeRange(query, now);
  const { from, to } = range;
  const hasRange = isBounded(range);
  if (!status && !outcome && !model && !hasRange) return stored;
  return stored.filter(
    ({ view }) =>
      (!status || (view.knownStatus ?? view.status) === status) &&
      (!outcome || view.outcome === outcome) &&
      (!model || view.model === model) &&
      (!hasRange || (view.createdAt !== undefined && view.createdAt >= from && view.createdAt < to)),
  );
}
