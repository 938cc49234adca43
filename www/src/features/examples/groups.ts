// The groups of the board, in the order of what needs attention.
import type { BatchView, Group } from "batchlight";
import { formatNumber } from "../../shared/text.js";

const titles = { attention: "Needs attention", active: "Under way", done: "Done" } satisfies Record<Group, string>;

/** The groups, the most urgent first, with their headings. */
export const groups = Object.entries(titles) as readonly (readonly [Group, string])[];

/** How many there are of each group. */
export type Counts = Readonly<Record<Group, number>>;

/** The counts of nothing. */
export const noCounts: Counts = { attention: 0, active: 0, done: 0 };

/** The counts with some views added. */
export function count(counts: Counts, views: Iterable<BatchView>): Counts {
  const sums = { ...counts };
  for (const { group } of views) sums[group] += 1;
  return sums;
}

/** Counts in words, without the groups that are empty. */
export const countsText = (counts: Counts): string =>
  groups
    .filter(([group]) => counts[group] > 0)
    .map(([group, title]) => `${title.toLowerCase()} ${formatNumber(counts[group])}`)
    .join(", ");
