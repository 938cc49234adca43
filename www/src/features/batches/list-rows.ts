// The rows of the package's list, found by their parts, for keys that the list itself does not handle.
import type { BatchListElement } from "batchlight/elements";

const partsOf = (list: BatchListElement, part: string): HTMLElement[] => [
  ...(list.shadowRoot?.querySelectorAll<HTMLElement>(`[part~="${part}"]`) ?? []),
];

const rowsOf = (list: BatchListElement): HTMLElement[] => partsOf(list, "row-button");

/** Returns the ids of the rows, from the top. */
export const shownIds = (list: BatchListElement): readonly (string | undefined)[] =>
  rowsOf(list).map((row) => row.dataset.key);

/**
 * Moves the focus by one row, from the focused row or otherwise from the selected row. Focuses the first row when there
 * is neither.
 */
export function moveFocus(list: BatchListElement, offset: 1 | -1): HTMLElement | undefined {
  const rows = rowsOf(list);
  const focused = rows.indexOf(list.shadowRoot?.activeElement as HTMLElement);
  const from = focused >= 0 ? focused : rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const row = from < 0 ? rows[0] : rows[Math.min(Math.max(from + offset, 0), rows.length - 1)];
  row?.focus();
  return row;
}

/** Focuses the row of a batch, or the first row when the batch has none. */
export function focusRow(list: BatchListElement, id: string): void {
  const rows = rowsOf(list);
  (rows.find((row) => row.dataset.key === id) ?? rows[0])?.focus();
}

/** Scrolls the row of a batch into view where the list has its own scroll bar. */
export const scrollToRow = (list: BatchListElement, id: string): void =>
  rowsOf(list)
    .find((row) => row.dataset.key === id)
    ?.scrollIntoView({ block: "nearest" });

/** Focuses the search field of the list. */
export const focusSearch = (list: BatchListElement): void => partsOf(list, "find")[0]?.focus();
