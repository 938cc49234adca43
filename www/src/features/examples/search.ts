// Full-text search in entries: in the value, the package's view and the origin.
import type { Entry } from "./entry.js";

const cache = new WeakMap<Entry, string>();

function searchableText(entry: Entry): string {
  const cached = cache.get(entry);
  if (cached !== undefined) return cached;
  const { value, view, origin } = entry;
  const { source, provider, kind, note } = origin ?? {};
  const text = [JSON.stringify(value), view.label, view.outcome, view.summary, source, provider, kind, note]
    .join("\n")
    .toLowerCase();
  cache.set(entry, text);
  return text;
}

/** Returns the entries that contain every word of the query, ignoring case. */
export function search(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = query.toLowerCase().split(/\s+/);
  return entries.filter((entry) => words.every((word) => searchableText(entry).includes(word)));
}
