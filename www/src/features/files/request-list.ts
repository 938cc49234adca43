// The requests of a batch in one scrollable list, of which only the rows in view exist.
import type { Cause, RequestVerdict } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber } from "#common/format.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { truncate } from "../../shared/text.js";

/** The height of a row, in rem; requests.css repeats it. */
const rowHeight = 2.125;

/** How many rows above and below the visible ones exist. */
const overscan = 6;

/** The number of rows that Page Up and Page Down move by. */
const pageRows = 10;

const maxIdLength = 120;

/** The user has selected a row. */
export class SelectRequestEvent extends Event {
  constructor(readonly index: number) {
    super("files-select-request", { bubbles: true });
  }
}

/** Shows `verdicts`, of which the one at the index `selected` is marked. Dispatches `files-select-request`. */
export class FilesRequestList extends LightElement {
  static override properties = {
    verdicts: { attribute: false },
    causes: { attribute: false },
    selected: { attribute: false },
    range: { state: true },
  };
  declare verdicts: readonly RequestVerdict[];
  /** The causes by id. */
  declare causes: ReadonlyMap<Cause["id"], Cause>;
  declare selected: number;
  /** The index of the first row that exists, and that of the first one after them. */
  declare range: readonly [from: number, to: number];

  constructor() {
    super();
    this.range = [0, 40];
  }

  /** Scrolls the selected row into view. */
  reveal(): void {
    const box = this.#box;
    if (!box) return;
    const [top, height] = [this.selected * this.#rowPixels, this.#rowPixels];
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
    this.#updateRange();
  }

  /** Focuses the list. */
  focusList(): void {
    this.#box?.focus({ preventScroll: true });
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("verdicts") && this.#box) this.#box.scrollTop = 0;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("verdicts")) this.#updateRange();
    if (changed.has("verdicts") || changed.has("selected")) this.reveal();
  }

  protected override render(): TemplateResult {
    const { verdicts, range, selected } = this;
    const [from, to] = range;
    const rows = verdicts.slice(from, to);
    const hasSelected = selected >= from && selected < Math.min(to, verdicts.length);
    return html`<div class="verdict-head" aria-hidden="true">
        <span>Line</span><span>custom_id</span><span>Status</span><span>Verdict</span>
      </div>
      <div
        class="verdicts"
        role="listbox"
        aria-label="Requests"
        tabindex="0"
        aria-activedescendant=${hasSelected ? `request-${selected}` : nothing}
        @scroll=${this.#updateRange}
        @keydown=${this.#onKey}
        @click=${this.#onClick}
      >
        <div class="verdict-rows" role="presentation" .style=${`block-size: ${verdicts.length * rowHeight}rem`}>
          ${rows.map((verdict, index) => this.#row(verdict, from + index))}
        </div>
      </div>`;
  }

  #row({ custom_id, line, verdict, statusCode, cause }: RequestVerdict, index: number): TemplateResult {
    const message = cause === undefined ? undefined : this.causes.get(cause)?.message;
    return html`<div
      class="verdict-row"
      role="option"
      id=${`request-${index}`}
      data-index=${index}
      data-verdict=${verdict}
      aria-selected=${index === this.selected}
      aria-posinset=${index + 1}
      aria-setsize=${this.verdicts.length}
      .style=${`inset-block-start: ${index * rowHeight}rem`}
    >
      <span class="number">${line === undefined ? nothing : formatNumber(line)}</span>
      <code class="id"><bdi>${revealHidden(truncate(custom_id, maxIdLength))}</bdi></code>
      <span class="number">${statusCode ?? nothing}</span>
      <span class="what"
        ><span class="verdict-word">${verdict}</span>
        ${message === undefined ? nothing : html`<bdi class="why">${revealHidden(truncate(message, 160))}</bdi>`}</span
      >
    </div>`;
  }

  get #box(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".verdicts");
  }

  get #rowPixels(): number {
    return rowHeight * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  #updateRange = (): void => {
    const box = this.#box;
    if (!box) return;
    const height = this.#rowPixels;
    const from = Math.max(0, Math.floor(box.scrollTop / height) - overscan);
    const to = Math.ceil((box.scrollTop + box.clientHeight) / height) + overscan;
    if (from !== this.range[0] || to !== this.range[1]) this.range = [from, to];
  };

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.verdicts.length - 1;
    const to = new Map([
      ["ArrowDown", this.selected + 1],
      ["ArrowUp", this.selected - 1],
      ["PageDown", this.selected + pageRows],
      ["PageUp", this.selected - pageRows],
      ["Home", 0],
      ["End", last],
    ]).get(event.key);
    if (to === undefined || last < 0) return;
    event.preventDefault();
    this.#select(Math.min(Math.max(to, 0), last));
  }

  #onClick({ target }: MouseEvent): void {
    const row = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
    if (row) this.#select(Number(row.dataset.index));
  }

  #select(index: number): void {
    this.dispatchEvent(new SelectRequestEvent(index));
  }
}

declare global {
  interface HTMLElementEventMap {
    "files-select-request": SelectRequestEvent;
  }
}

customElements.define("files-request-list", FilesRequestList);
