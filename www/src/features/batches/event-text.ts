// The changes between two polls as text. The package itself says what is inconsistent about them.
import { type BatchEvent, messages } from "batchlight";
import { formatNumber, pluralize } from "#common/format.js";
import type { LogEntry } from "../../data/feed/batch-store.js";
import { statusName } from "../../shared/status-name.js";
import { truncate } from "../../shared/text.js";

/** Returns the lines that describe a log entry. */
export function entryLines({ change, before, after }: LogEntry): readonly string[] {
  const events = change.events.map((event) => eventText(event, before, after));
  const skipped =
    change.skipped.length === 0 ? [] : [`Skipped between polls: ${change.skipped.map(statusName).join(", ")}`];
  const unusual = change.unusual ? ["Unusual transition, not seen before."] : [];
  return [...events, ...skipped, ...unusual];
}

const maxNameLength = 80;
const short = (text: string): string => truncate(text, maxNameLength);

function eventText(event: BatchEvent, before: string, after: string): string {
  switch (event.type) {
    case "status_changed":
      return `${short(before)} → ${short(after)}`;
    case "progress": {
      // The total can be unknown, or too low.
      const ofTotal = event.completed + event.failed <= event.total ? ` of ${formatNumber(event.total)}` : "";
      const parts = [
        event.completed > 0 ? `${formatNumber(event.completed)}${ofTotal} succeeded` : "",
        event.failed > 0 ? `${formatNumber(event.failed)}${ofTotal} failed` : "",
      ].filter(Boolean);
      return parts.length === 0 ? `${pluralize(event.total, "request")} in total` : parts.join(", ");
    }
    case "file_appeared":
      return `${messages[`file.${event.file}`]} ready: ${short(event.id)}`;
    case "errors_appeared":
      return `${pluralize(event.count, "error")} from the server`;
    case "model_named":
      return `Model: ${short(event.model)}`;
    case "usage_changed":
      return `${pluralize(event.totalTokens, "token")} used so far`;
    case "metadata_changed":
      return `Metadata changed: ${event.keys.map(short).join(", ")}`;
  }
}
