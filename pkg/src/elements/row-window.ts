// Which rows of a long list are in the page: those near the viewport. Gaps take the space of the others.

/** A list with at most this many rows has all of them in the page. */
export const maxComplete = 1000;
/** The number of rows by which the window moves, and the minimum beyond each edge of the viewport. */
const step = 50;
/** The number of rows in the window. Half of them fill a viewport of 3,000 pixels, however low they are. */
const size = 4 * step;

/** The rows of a long list that are in the page. */
export class RowWindow {
  #first = 0;
  #count = 0;
  #omitted = 0;
  #observer: IntersectionObserver | undefined;
  /** The average height of a row, in pixels. */
  rowHeight = 60;

  /**
   * Returns the rows in the page, and numbers of omitted rows between them. The pinned row, which can have the focus,
   * is always in the page.
   */
  arrange<Row>(rows: readonly Row[], pinned: number): readonly (Row | number)[] {
    this.#count = rows.length;
    this.#omitted = 0;
    if (rows.length <= maxComplete) return rows;
    const arranged: (Row | number)[] = [];
    let gap = 0;
    rows.forEach((row, index) => {
      const isInPage = index === pinned || (index >= this.#first && index < this.#first + size);
      if (!isInPage) gap += 1;
      if (gap > 0 && (isInPage || index === rows.length - 1)) {
        arranged.push(gap);
        this.#omitted += gap;
        gap = 0;
      }
      if (isInPage) arranged.push(row);
    });
    return arranged;
  }

  /** Calls a function when the window has moved, because a gap is near the viewport. Replaces the last observation. */
  observe(list: Element, onMove: () => void): void {
    this.#observer?.disconnect();
    if (this.#omitted === 0) return;
    // A new observer always reports once: after an update, the height of the rows is measured, and a gap that is still
    // in view moves the window again.
    this.#observer = new IntersectionObserver(() => this.#follow(list) && onMove(), { rootMargin: "50%" });
    for (const gap of list.querySelectorAll(".gap")) this.#observer.observe(gap);
  }

  /** Moves the window to the rows in view. Returns whether anything changed. */
  #follow(list: Element): boolean {
    const { top, height } = list.getBoundingClientRect();
    const steps = Math.floor((-top / height) * (this.#count / step)) - 1;
    const [first, rowHeight] = [this.#first, this.rowHeight];
    this.rowHeight = Math.round((height - this.#omitted * this.rowHeight) / (this.#count - this.#omitted));
    this.#first = step * Math.max(0, steps);
    return this.#first !== first || this.rowHeight !== rowHeight;
  }
}
