// The groups of the package's list, with their titles and counts.
import type { BatchView, Group } from "batchlight";
import { elementMessages } from "batchlight/elements";
import { formatNumber } from "#common/format.js";
import { groupOrder } from "#common/group-order.js";

/** The groups with their titles, the most urgent first. */
export const groups: readonly (readonly [Group, string])[] = groupOrder.map((group) => [
  group,
  elementMessages[`element.group.${group}`] ?? group,
]);

/** The number of entries in each group. */
export type Counts = Readonly<Record<Group, number>>;

/** The counts of an empty list. */
export const noCounts: Counts = { attention: 0, active: 0, done: 0 };

/** Adds views to counts. */
export function addCounts(counts: Counts, views: Iterable<BatchView>): Counts {
  const sums = { ...counts };
  for (const { group } of views) sums[group] += 1;
  return sums;
}

/** Formats counts without the empty groups: `needs attention 3, done 12`. */
export const countsText = (counts: Counts): string =>
  groups
    .filter(([group]) => counts[group] > 0)
    .map(([group, title]) => `${title.toLowerCase()} ${formatNumber(counts[group])}`)
    .join(", ");
