// The rows of the package's list, by its parts: for keys that it does not know itself.
import type { BatchListElement } from "batchlight/elements";

const partsOf = (list: BatchListElement, part: string): HTMLElement[] => [
  ...(list.shadowRoot?.querySelectorAll<HTMLElement>(`[part~="${part}"]`) ?? []),
];

const rowsOf = (list: BatchListElement): HTMLElement[] => partsOf(list, "row-button");

/** The ids of the rows, from the top. */
export const shownIds = (list: BatchListElement): readonly (string | undefined)[] =>
  rowsOf(list).map((row) => row.dataset.key);

/**
 * Puts the focus on a row, so many away from the one that has it, or from the one that is chosen; on the first where
 * there is none.
 */
export function moveBy(list: BatchListElement, steps: 1 | -1): HTMLElement | undefined {
  const rows = rowsOf(list);
  const focused = rows.indexOf(list.shadowRoot?.activeElement as HTMLElement);
  const from = focused >= 0 ? focused : rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const row = from < 0 ? rows[0] : rows[Math.min(Math.max(from + steps, 0), rows.length - 1)];
  row?.focus();
  return row;
}

/** Puts the focus on the row of a batch; on the first where it has none. */
export function focusRow(list: BatchListElement, id: string): void {
  const rows = rowsOf(list);
  (rows.find((row) => row.dataset.key === id) ?? rows[0])?.focus();
}

/** Brings the row of a batch into sight where the list scrolls by itself. */
export const revealRow = (list: BatchListElement, id: string): void =>
  rowsOf(list)
    .find((row) => row.dataset.key === id)
    ?.scrollIntoView({ block: "nearest" });

/** Puts the focus where words to find are typed. */
export const focusFind = (list: BatchListElement): void => partsOf(list, "find")[0]?.focus();
