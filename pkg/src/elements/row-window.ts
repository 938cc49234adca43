// Which rows of a long list are in the page: those near the viewport. Gaps take the space of the others.

/** A list with at most this many rows has all of them in the page. */
export const maxComplete = 1000;
/** The window begins and ends at a multiple of this number of rows, so that it moves by a few rows at once. */
const step = 10;
/** The number of rows beyond each edge of the viewport when the window has moved. */
const margin = 2 * step;

/** The rows of a long list that are in the page. */
export class RowWindow {
  /** The index of the first row in the window. */
  #first = 0;
  /** The index of the first row after the window. */
  #end = 2 * margin;
  /** The number of all rows. */
  #count = 0;
  #observer: IntersectionObserver | undefined;
  /** The width of the list when the height of its rows was measured, in pixels. */
  #width: number | undefined;
  /** The height of a row, in pixels. Only the list's width changes it, or the gap above the viewport would jump. */
  rowHeight = 60;

  /**
   * Returns the rows in the page, and numbers of omitted rows between them. The pinned row, which can have the focus,
   * is always in the page.
   */
  arrange<Row>(rows: readonly Row[], pinned: number): readonly (Row | number)[] {
    this.#count = rows.length;
    if (rows.length <= maxComplete) return rows;
    const arranged: (Row | number)[] = [];
    let gap = 0;
    rows.forEach((row, index) => {
      const isInPage = index === pinned || (index >= this.#first && index < this.#end);
      if (!isInPage) gap += 1;
      if (gap > 0 && (isInPage || index === rows.length - 1)) {
        arranged.push(gap);
        gap = 0;
      }
      if (isInPage) arranged.push(row);
    });
    return arranged;
  }

  /** Calls a function when the window has moved, because a gap is near the viewport. Replaces the last observation. */
  observe(list: Element, onMove: () => void): void {
    this.#observer?.disconnect();
    if (this.#count <= maxComplete) return;
    // A new observer always reports once: after an update, the height of the rows is measured, and a gap that is still
    // in view moves the window again.
    const rootMargin = `${step * this.rowHeight}px`;
    this.#observer = new IntersectionObserver(() => this.#follow(list) && onMove(), { rootMargin });
    for (const gap of list.querySelectorAll(".gap")) this.#observer.observe(gap);
  }

  /** Moves the window to the rows in view. Returns whether anything changed. */
  #follow(list: Element): boolean {
    const { top, height, width } = list.getBoundingClientRect();
    // The list is hidden.
    if (height === 0) return false;
    const before = [this.#first, this.#end, this.rowHeight].join();
    const rowAt = (y: number): number => ((y - top) / height) * this.#count;
    this.#first = step * Math.max(0, Math.floor((rowAt(0) - margin) / step));
    this.#end = step * Math.ceil((rowAt(innerHeight) + margin) / step);
    if (this.#width !== width) this.#measure(list, width);
    return [this.#first, this.#end, this.rowHeight].join() !== before;
  }

  /** Sets the height of a row to the average of those in view. Browsers do not lay out the others. */
  #measure(list: Element, width: number): void {
    const inView = [...list.querySelectorAll(".row")]
      .map((row) => row.getBoundingClientRect())
      .filter(({ top, bottom }) => bottom > 0 && top < innerHeight);
    if (inView.length === 0) return;
    this.rowHeight = Math.round(inView.reduce((sum, { height }) => sum + height, 0) / inView.length);
    this.#width = width;
  }
}
