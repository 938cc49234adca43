// Which batches a list shows, and in which order.
import type { BatchView, Group } from "#batchlight";

/** What a list can be narrowed to: `all`, or a group of the core. */
export type ListGroup = Group | "all";
/** All of them, in the order of the controls. */
export const groups: readonly ListGroup[] = ["all", "attention", "active", "done"];

/**
 * An order of a list: what needs `attention` first, the `newest` or the `oldest` first, or by `progress`, the least
 * finished first.
 */
export type ListOrder = "attention" | "newest" | "oldest" | "progress";
/** All of them. */
export const orders: readonly ListOrder[] = ["attention", "newest", "oldest", "progress"];

/** One batch of a list. */
export interface Entry {
  /** Tells it from the others: its id, or its place. */
  readonly key: string;
  /** What was handed in. */
  readonly batch: unknown;
  /** What the core says of it. */
  readonly view: BatchView;
}

/** What a list was asked to show. */
export interface Choice {
  readonly group: ListGroup;
  readonly order: ListOrder;
  readonly find: string;
}

/** The batches of a value: an array, a page as the API sends it, the text of either, or one batch. */
export function batchesOf(value: unknown): readonly unknown[] {
  const read = typeof value === "string" ? parsed(value) : value;
  if (read === undefined || read === null) return [];
  if (Array.isArray(read)) return read;
  const data = memberOf(read, "data");
  if (Array.isArray(data)) return data;
  // Some servers send null in place of an empty list.
  if (data === null && memberOf(read, "object") === "list") return [];
  return [read];
}

/** Keys that stay the same from page to page: ids, made different where one stands twice. */
export function keysOf(batches: readonly unknown[]): string[] {
  const taken = new Set<string>();
  return batches.map((batch, index) => {
    const id = memberOf(batch, "id");
    const key = typeof id === "string" && id !== "" && !taken.has(id) ? id : `#${index}`;
    taken.add(key);
    return key;
  });
}

function parsed(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // The core says what is wrong with it.
    return [text];
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return (value as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined;
  }
}

/** How many there are of each group. */
export function counted(entries: readonly Entry[]): Readonly<Record<ListGroup, number>> {
  const counts = { all: entries.length, attention: 0, active: 0, done: 0 };
  for (const { view } of entries) counts[view.group] += 1;
  return counts;
}

/** The entries chosen, in the order chosen. */
export function listed(entries: readonly Entry[], { group, order, find }: Choice): readonly Entry[] {
  const wanted = find.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter(
    ({ view }) => (group === "all" || view.group === group) && (wanted.length === 0 || holds(view, wanted)),
  );
  return found.toSorted(comparisons[order]);
}

function holds({ id, label, summary, endpoint, model, status }: BatchView, wanted: readonly string[]): boolean {
  const text = [id, label, summary, endpoint, model, status].join("\n").toLowerCase();
  return wanted.every((word) => text.includes(word));
}

const rank = { attention: 0, active: 1, done: 2 } satisfies Record<Group, number>;
const created = ({ view }: Entry): number => view.createdAt ?? 0;
const newest = (a: Entry, b: Entry): number => created(b) - created(a);

const comparisons: Record<ListOrder, (a: Entry, b: Entry) => number> = {
  attention: (a, b) => rank[a.view.group] - rank[b.view.group] || newest(a, b),
  newest,
  oldest: (a, b) => created(a) - created(b),
  progress: (a, b) => (a.view.progress.fraction ?? -1) - (b.view.progress.fraction ?? -1) || newest(a, b),
};
