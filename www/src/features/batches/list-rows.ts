// The rows of the package's list, found by their parts, for keys that the list itself does not handle.
import type { BatchListElement } from "batchlight/elements";

const partsOf = (list: BatchListElement, part: string): HTMLElement[] => [
  ...(list.shadowRoot?.querySelectorAll<HTMLElement>(`[part~="${part}"]`) ?? []),
];

const rowsOf = (list: BatchListElement): HTMLElement[] => partsOf(list, "row-button");

/** The id of the focused row. */
export const focusedId = (list: BatchListElement): string | undefined =>
  (list.shadowRoot?.activeElement as HTMLElement | null)?.dataset.key;

/**
 * Moves the focus by one row, from the focused row or otherwise from the selected row. Focuses the first row when there
 * is neither.
 */
export function moveFocus(list: BatchListElement, offset: 1 | -1): HTMLElement | undefined {
  const rows = rowsOf(list);
  const focused = rows.indexOf(list.shadowRoot?.activeElement as HTMLElement);
  const from = focused >= 0 ? focused : rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const row = from < 0 ? rows[0] : rows[Math.min(Math.max(from + offset, 0), rows.length - 1)];
  if (row) focusInList(row);
  return row;
}

/** Focuses the row of a batch; returns whether it has one. */
export function focusRow(list: BatchListElement, id: string): boolean {
  const row = rowsOf(list).find((row) => row.dataset.key === id);
  if (row) focusInList(row);
  return row !== undefined;
}

/** Scrolls the row of a batch into view where the list has its own scroll bar; returns whether there is such a row. */
export function scrollToRow(list: BatchListElement, id: string): boolean {
  const row = rowsOf(list).find((row) => row.dataset.key === id);
  if (row) settleInList(row);
  return row !== undefined;
}

function focusInList(row: HTMLElement): void {
  const isScrolled = scrollInList(row);
  row.focus({ preventScroll: isScrolled });
}

/** The maximum number of frames until the rows in view have their heights, which are estimates before that. */
const settlingFrames = 4;

function settleInList(row: HTMLElement, frames = settlingFrames): void {
  if (scrollInList(row) && frames > 1) requestAnimationFrame(() => settleInList(row, frames - 1));
}

/**
 * Scrolls a row into view within the scroll bar of the list, never the page: beside an open batch, that would move the
 * batch out of view. Returns whether the list has a scroll bar.
 */
function scrollInList(row: HTMLElement): boolean {
  const list = (row.getRootNode() as ShadowRoot).host.closest<HTMLElement>(".listing");
  if (!list || list.scrollHeight <= list.clientHeight) return false;
  const [box, frame] = [row.closest("li")?.getBoundingClientRect(), list.getBoundingClientRect()];
  if (!box) return true;
  if (box.top < frame.top) list.scrollTop += box.top - frame.top;
  else if (box.bottom > frame.bottom) list.scrollTop += box.bottom - frame.bottom;
  return true;
}
