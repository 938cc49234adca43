// What happened between two looks, in words. What is impossible about it the package says itself.
import { messages, type BatchEvent } from "batchlight";
import { statusName } from "../../shared/status-name.js";
import { counted, grouped, shorten } from "../../shared/text.js";
import type { Noted } from "../../data/feed/batch-store.js";

/** The sentences of a change. */
export function sentencesOf({ change, before, after }: Noted): readonly string[] {
  const events = change.events.map((event) => sentenceOf(event, before, after));
  const skipped = change.passed.length === 0 ? [] : [`Passed unseen: ${change.passed.map(statusName).join(", ")}.`];
  const unusual = change.unusual ? ["Nobody has recorded this way before."] : [];
  return [...events, ...skipped, ...unusual];
}

const mostOfAName = 80;
const named = (text: string): string => shorten(text, mostOfAName);

function sentenceOf(event: BatchEvent, before: string, after: string): string {
  switch (event.type) {
    case "status_changed":
      return `${named(before)} became ${named(after)}.`;
    case "progress": {
      const parts = [
        event.completed > 0 ? `${grouped(event.completed)} succeeded` : "",
        event.failed > 0 ? `${grouped(event.failed)} failed` : "",
      ].filter(Boolean);
      return parts.length === 0
        ? `There are ${counted(event.total, "request")}.`
        : `${parts.join(", ")}, of ${counted(event.total, "request")}.`;
    }
    case "file_appeared":
      return `${messages[`file.${event.file}`]} ready: ${named(event.id)}.`;
    case "errors_appeared":
      return `${counted(event.count, "reason")} for the rejection.`;
    case "model_named":
      return `Run by ${named(event.model)}.`;
    case "usage_changed":
      return `${counted(event.totalTokens, "token")} used so far.`;
    case "metadata_changed":
      return `Metadata changed: ${event.keys.map(named).join(", ")}.`;
  }
}
