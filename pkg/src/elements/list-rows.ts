// The rows of a list in a page: renders only those that changed, and moves only those that must move. In a long list, a
// row that leaves the page becomes one that enters it.
import type { BatchView } from "#batchlight";
import { render, type TemplateResult } from "lit";
import type { ListEntry } from "./list-model.js";
import type { RenderContext } from "./render-context.js";
import { RowWindow } from "./row-window.js";
import { createdTime, gap, isSelected, row, type RowState } from "./templates/list.js";

interface RenderedItem {
  /** Where the item was rendered. Its element has been moved into the list. */
  readonly container: DocumentFragment;
  readonly element: Element;
}

/** A rendered row, with everything that it depends on. */
interface RenderedRow extends RenderedItem {
  readonly key: string;
  context: RenderContext;
  readonly view: BatchView;
  readonly state: string;
  readonly relative: string | undefined;
  readonly created: ReturnType<typeof createdTime>;
}

/** Which rows a list has. */
export interface RowsState {
  /** The entries that match the query, in its order. */
  readonly shown: readonly ListEntry[];
  /** The key of the row that the Tab key reaches. Default: the first row. */
  readonly tabStop: string | undefined;
  /** The id or the key of the selected batch. */
  readonly selected: string | undefined;
}

/** The rows of one list. */
export class ListRows {
  #rows = new Map<string, RenderedRow>();
  /** The space of omitted rows, in its order. */
  readonly #gaps: RenderedItem[] = [];
  readonly #window = new RowWindow();

  /** Brings the rows of a list up to date. Calls `onMove` when other rows have come near the viewport. */
  update(list: Element, { shown, tabStop, selected }: RowsState, context: RenderContext, onMove: () => void): void {
    const tabStopIndex = Math.max(
      0,
      shown.findIndex(({ key }) => key === tabStop),
    );
    const arranged = this.#window.arrange(shown, tabStopIndex);
    const size = arranged === shown ? undefined : shown.length;
    const rows = new Map<string, RenderedRow>();
    const spare = size === undefined ? [] : this.#takeSpare(arranged);
    const elements = new Set<Element>();
    let [index, gaps] = [0, 0];
    for (const item of arranged)
      if (typeof item === "number") {
        const rendered = renderItem(gap(item * this.#window.rowHeight), this.#gaps[gaps]);
        this.#gaps[gaps] = rendered;
        elements.add(rendered.element);
        gaps += 1;
        index += item;
      } else {
        const position = size && index + 1;
        const state = { isTabStop: index === tabStopIndex, isSelected: isSelected(item, selected), position, size };
        const rendered = renderRow(item, state, context, this.#rows.get(item.key) ?? spare.pop());
        rows.set(item.key, rendered);
        elements.add(rendered.element);
        index += 1;
      }
    this.#rows = rows;
    arrangeChildren(list, elements);
    this.#window.observe(list, onMove);
  }

  /** Removes the rows of entries that leave the page, and returns them. */
  #takeSpare(arranged: readonly (ListEntry | number)[]): RenderedRow[] {
    const keys = new Set(arranged.map((item) => (typeof item === "number" ? undefined : item.key)));
    const spare = [...this.#rows.values()].filter(({ key }) => !keys.has(key));
    for (const { element } of spare) element.remove();
    return spare;
  }
}

function renderItem(template: TemplateResult, before?: RenderedItem): RenderedItem {
  const container = before?.container ?? document.createDocumentFragment();
  render(template, container);
  return { container, element: before?.element ?? (container.firstElementChild as Element) };
}

// In a list of 1,000 batches most rows stay the same.
function renderRow(entry: ListEntry, rowState: RowState, context: RenderContext, before?: RenderedRow): RenderedRow {
  const { key, view } = entry;
  const state = Object.values(rowState).join();
  const isSameRow = before?.key === key && before.view === view && before.state === state;
  if (isSameRow && before.context === context) return before;
  const relative = context.relative(view.createdAt ?? 0);
  // `number` is the same function for the same locale and time zone.
  const isSameTime =
    before !== undefined &&
    before.relative === relative &&
    before.view.createdAt === view.createdAt &&
    before.context.messages === context.messages &&
    before.context.number === context.number;
  if (isSameRow && isSameTime) {
    before.context = context;
    return before;
  }
  // Formatting a date is slow, and the creation time often stays the same when the rest of a row changes.
  const created = isSameTime ? before.created : createdTime(view.createdAt, context);
  return {
    ...renderItem(row(entry, rowState, context, created), before),
    ...{ key, context, view, state, relative, created },
  };
}

/** Makes elements the children of a list, in their order. */
function arrangeChildren(list: Element, elements: ReadonlySet<Element>): void {
  for (const child of [...list.children]) if (!elements.has(child)) child.remove();
  let next = list.firstElementChild;
  for (const element of elements) {
    // The child before moves towards the end, or the others would all move.
    if (next?.nextElementSibling === element) next = element;
    if (next === element) next = element.nextElementSibling;
    else list.insertBefore(element, next);
  }
}
