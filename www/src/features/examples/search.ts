// Finding a text in entries: in what was read, what the package says of it, and where it is from.
import type { Entry } from "./entry.js";

const searched = new WeakMap<Entry, string>();

function haystack(entry: Entry): string {
  const known = searched.get(entry);
  if (known !== undefined) return known;
  const { value, view, origin } = entry;
  const { source, provider, kind, note } = origin ?? {};
  const text = [JSON.stringify(value), view.label, view.outcome, view.summary, source, provider, kind, note]
    .join("\n")
    .toLowerCase();
  searched.set(entry, text);
  return text;
}

/** Those entries that hold every word. */
export function search(entries: readonly Entry[], words: string): readonly Entry[] {
  const wanted = words.toLowerCase().split(/\s+/);
  return entries.filter((entry) => wanted.every((word) => haystack(entry).includes(word)));
}
