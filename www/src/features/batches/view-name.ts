// The suggested name of a view of the list, made of its search and filters.
import { statusName } from "../../shared/status-name.js";
import { dateChoices } from "./filter.js";

/** Returns a name for a query, such as `Expired · gpt-5.4-mini`; empty if no filter has a name. */
export function suggestedName(query: URLSearchParams): string {
  const date = query.get("date") ?? "";
  const days = [query.get("from"), query.get("to")].filter((day) => day);
  const parts = [
    query.get("find"),
    ...[query.get("status"), query.get("outcome")].map((value) => value && statusName(value)),
    query.get("model"),
    date === "between"
      ? days.join(" to ")
      : Object.hasOwn(dateChoices, date) && dateChoices[date as keyof typeof dateChoices],
  ];
  return parts.filter((part) => part).join(" · ");
}
