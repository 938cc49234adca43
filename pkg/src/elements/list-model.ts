// Which batches a list shows, and in which order.
import type { BatchView, Group } from "#batchlight";
import { metadataName, metadataOf } from "../common/batch-name.js";
import { groupOrder } from "../common/group-order.js";
import { listItems, propertyOf } from "../common/list-page.js";

/** A filter of a list: a group of batches as `describeBatch` forms them, or `all`. */
export type ListGroup = Group | "all";
/** All groups, in the order of the controls. */
export const groups: readonly ListGroup[] = ["all", ...groupOrder];

/**
 * The order of a list:
 *
 * - `attention`: batches that need attention first, then those in progress
 * - `newest`: the newest first
 * - `oldest`: the oldest first
 * - `progress`: the least finished first
 */
export type ListOrder = "attention" | "newest" | "oldest" | "progress";
/** All orders, in the order of the control. */
export const orders: readonly ListOrder[] = ["attention", "newest", "oldest", "progress"];

/** One batch of a list. */
export interface ListEntry {
  /** The key that {@link keysOf} gave the batch. */
  readonly key: string;
  /** The batch as it was passed in. */
  readonly batch: unknown;
  /** The batch as `describeBatch` describes it. */
  readonly view: BatchView;
  /** What people call the batch: the name in its metadata, or that of its input file. */
  readonly name?: string | undefined;
  /** The values of the metadata and the name of the input file, which a search finds too. */
  readonly keywords?: string | undefined;
}

/** The filter and the order of a list. */
export interface ListQuery {
  readonly group: ListGroup;
  readonly order: ListOrder;
  /** Words that an entry must contain, separated by whitespace. */
  readonly find: string;
}

/**
 * Returns the batches of a value: an array, a page of the API, JSON of either, or a single batch. Invalid JSON is
 * returned as one batch, so that its view says what is wrong.
 */
export function batchesOf(value: unknown): readonly unknown[] {
  const input = typeof value === "string" ? parseJson(value) : value;
  if (input === undefined || input === null) return [];
  if (Array.isArray(input)) return input;
  return listItems(input) ?? [input];
}

/**
 * Returns a unique key for each batch: its id, or `#` and its index if the id is missing or a duplicate. If another
 * batch has that key as its id, more `#` precede it.
 */
export function keysOf(batches: readonly unknown[]): string[] {
  const taken = new Set<string>();
  return batches.map((batch, index) => {
    const id = propertyOf(batch, "id");
    let key = typeof id === "string" && id !== "" && !taken.has(id) ? id : `#${index}`;
    while (taken.has(key)) key = `#${key}`;
    taken.add(key);
    return key;
  });
}

function parseJson(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return [text];
  }
}

/** Returns the name and the keywords of a batch. `fileNames` has the names of files by id. */
export function namesOf(batch: unknown, view: BatchView, fileNames: ReadonlyMap<string, string> | undefined) {
  const file = fileNames?.get(view.files.find(({ role }) => role === "input")?.id ?? "");
  return {
    name: metadataName(batch) ?? file,
    // Some servers send values other than strings. They are not searched.
    keywords: [...Object.values(metadataOf(batch)), file].filter((value) => typeof value === "string").join("\n"),
  };
}

/** Counts the entries of each group. */
export function countByGroup(entries: readonly ListEntry[]): Readonly<Record<ListGroup, number>> {
  const counts = { all: entries.length, attention: 0, active: 0, done: 0 };
  for (const { view } of entries) counts[view.group] += 1;
  return counts;
}

/** Returns the entries that match a query, in its order. */
export function matchingEntries(
  entries: readonly ListEntry[],
  { group, order, find }: ListQuery,
): readonly ListEntry[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = entries.filter(
    (entry) => (group === "all" || entry.view.group === group) && (words.length === 0 || containsAll(entry, words)),
  );
  return matching.sort(comparators[order]);
}

function containsAll({ view, keywords }: ListEntry, words: readonly string[]): boolean {
  const { id, label, summary, endpoint, model, status } = view;
  const text = [id, label, summary, endpoint, model, status, keywords].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}

const rankOf = ({ view }: ListEntry): number => groupOrder.indexOf(view.group);
const createdAt = ({ view }: ListEntry): number => view.createdAt ?? 0;
const newestFirst = (a: ListEntry, b: ListEntry): number => createdAt(b) - createdAt(a);

const comparators: Record<ListOrder, (a: ListEntry, b: ListEntry) => number> = {
  attention: (a, b) => rankOf(a) - rankOf(b) || newestFirst(a, b),
  newest: newestFirst,
  oldest: (a, b) => createdAt(a) - createdAt(b),
  progress: (a, b) => (a.view.progress.fraction ?? -1) - (b.view.progress.fraction ?? -1) || newestFirst(a, b),
};
