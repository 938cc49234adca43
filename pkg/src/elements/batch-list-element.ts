// <batch-list>: describes a limited number of batches per frame, so that an update of many batches does not block the
// page. Of a long list, only the rows near the viewport are in the page.
import type { BatchView } from "#batchlight";
import { type CSSResult, nothing, type PropertyDeclarations, type TemplateResult, unsafeCSS } from "lit";
import { describeBatch } from "../runtime/registered-core.js";
import { BaseElement, fromAttribute } from "./base.js";
import {
  batchesOf,
  groups,
  keysOf,
  type ListEntry,
  type ListGroup,
  type ListOrder,
  matchingEntries,
  namesOf,
  orders,
} from "./list-model.js";
import { ListRows } from "./list-rows.js";
import { elementMessages, type Messages } from "./messages.js";
import type { RenderContext } from "./render-context.js";
import { maxComplete } from "./row-window.js";
import { listStyles } from "./styles/stylesheets.js";
import { list, type ListHandlers } from "./templates/list.js";
import type { BatchListChangeDetail, BatchSelectDetail } from "./types.js";

/** The minimum number of batches to describe per frame. */
const minPerFrame = 10;
/** The time that an update may take, in milliseconds: a third of a frame, which leaves time for layout and the page. */
const frameBudget = 5;
/** The number of rows that Page Up and Page Down move by. */
const pageRows = 10;

interface ListItem {
  readonly key: string;
  readonly batch: unknown;
  /** The last description of the batch; the same object until the batch is described again. */
  entry?: ListEntry;
  /** Whether the batch must be described again. */
  isStale: boolean;
}

/** Declares a property that takes one of some strings; other strings become the default. */
const enumProperty = <T extends string>(values: readonly T[], defaultValue: T) => ({
  converter: (value: string | null): T => values.find((known) => known === value) ?? defaultValue,
});

/** `<batch-list>`. */
export class ListElement extends BaseElement {
  static readonly elementName = "batch-list";
  static override get styles(): CSSResult {
    return unsafeCSS(listStyles());
  }
  protected get english(): Messages {
    return elementMessages;
  }
  static override get properties(): PropertyDeclarations {
    return {
      batches: fromAttribute.data,
      group: enumProperty(groups, "all"),
      order: enumProperty(orders, "attention"),
      find: { converter: (value: string | null) => value ?? "" },
      selected: fromAttribute.string,
      fileNames: { attribute: false },
      handled: { attribute: false },
    };
  }

  declare batches: unknown;
  declare group: ListGroup;
  declare order: ListOrder;
  declare find: string;
  declare selected: string | undefined;
  declare fileNames: ReadonlyMap<string, string> | undefined;
  declare handled: ReadonlySet<string> | undefined;

  #items: readonly ListItem[] = [];
  /** The key of the row that the Tab key reaches. */
  #tabStop: string | undefined;
  #frame: number | undefined;
  /** The number of batches to describe per frame, adapted to the time that the last update took. */
  #perFrame = 2 * minPerFrame;
  #updateStart = 0;
  /** All described batches, and those that match the query; `undefined` if they must be found again. */
  #found: { readonly entries: readonly ListEntry[]; readonly shown: readonly ListEntry[] } | undefined;
  readonly #rows = new ListRows();
  /** The context of all rows; `undefined` if it must be created again. */
  #context: RenderContext | undefined;

  constructor() {
    super();
    this.group = "all";
    this.order = "attention";
    this.find = "";
  }

  protected get hasInput(): boolean {
    return this.batches !== undefined;
  }

  protected minutePassed(): void {
    // The view of a terminal batch does not depend on the time. Its row shows a relative time, which the new context
    // updates.
    for (const item of this.#items) item.isStale ||= !item.entry?.view.terminal;
    this.#context = undefined;
    this.requestUpdate();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    this.#updateStart = performance.now();
    if (changed.size > 0) this.#found = undefined;
    // Frameworks pass undefined for a property without a value.
    this.group ??= "all";
    this.order ??= "attention";
    this.find ??= "";
    if (changed.has("batches")) this.#updateItems();
    const isViewAffected = ["profile", "messages", "now", "fileNames", "handled"].some((name) => changed.has(name));
    if (isViewAffected) for (const item of this.#items) item.isStale = true;
    if (isViewAffected || changed.has("locale") || changed.has("timeZone")) this.#context = undefined;
    this.#context ??= this.createContext();
    this.#describeStale();
  }

  #updateItems(): void {
    const previous = new Map(this.#items.map((item) => [item.key, item]));
    const batches = batchesOf(this.batches);
    const keys = keysOf(batches);
    this.#items = batches.map((batch, index) => {
      const key = keys[index] ?? "";
      const before = previous.get(key);
      if (before && before.batch === batch && typeof batch === "object") return before;
      return { key, batch, isStale: true, ...(before?.entry && { entry: { ...before.entry, batch } }) };
    });
  }

  /** Describes stale batches, up to the limit per frame; the next frame continues. */
  #describeStale(): void {
    const { usedProfile: profile, currentTime: now, usedMessages: messages } = this;
    let count = 0;
    for (const item of this.#items) {
      if (!item.isStale) continue;
      // Server-rendered rows are replaced all at once, because rows would disappear otherwise.
      if (count >= this.#perFrame && !this.isServerRendered) return this.#continueInNextFrame();
      count += 1;
      this.#found = undefined;
      const { key, batch, entry: before } = item;
      const described = describeBatch(batch, { profile, now, messages });
      const isHandled = described.group === "attention" && this.handled?.has(key);
      const view: BatchView = isHandled ? { ...described, group: "done" } : described;
      item.entry = { key, batch, view, ...namesOf(batch, view, this.fileNames) };
      item.isStale = false;
      if (before && this.#context) this.announceChange(key, before.view, view, this.#context);
    }
  }

  protected override updated(): void {
    this.#adaptToDuration();
  }

  // The time covers describing and rendering, which both depend on the machine.
  #adaptToDuration(): void {
    if (this.#frame === undefined) return;
    const duration = performance.now() - this.#updateStart;
    this.#perFrame = Math.max(minPerFrame, Math.floor(this.#perFrame * Math.min(2, frameBudget / duration)));
  }

  #continueInNextFrame(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      // The rows in view are known when all batches of a long list are described.
      if (this.#items.length > maxComplete) {
        this.#updateStart = performance.now();
        this.#describeStale();
        this.#adaptToDuration();
      }
      if (this.#frame === undefined) this.requestUpdate();
    });
  }

  get #entries(): readonly ListEntry[] {
    return this.#items.map(({ entry }) => entry).filter((entry) => entry !== undefined);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.hasInput || !this.#context) return nothing;
    const { group, order, find } = this;
    const isBusy = this.#frame !== undefined;
    const entries = this.#found?.entries ?? this.#entries;
    this.#found ??= { entries, shown: matchingEntries(entries, this) };
    return list({ ...this.#found, group, order, find, isBusy }, this.#context, this.#handlers);
  }

  readonly #handlers: ListHandlers = {
    onGroup: ({ target }) => {
      this.group = groups.find((name) => name === inputValueOf(target)) ?? "all";
      this.#dispatchChange();
      this.#announceCount();
    },
    onOrder: ({ target }) => {
      this.order = orders.find((name) => name === inputValueOf(target)) ?? "attention";
      this.#dispatchChange();
    },
    onFind: ({ target }) => {
      this.find = inputValueOf(target);
      this.#dispatchChange();
      this.#announceCount();
    },
    onFocus: ({ target }) => this.#setTabStop(keyOf(target)),
    onRow: ({ target }) => this.#select(keyOf(target)),
    onKey: (event) => this.#moveFocus(event),
  };

  get shown(): readonly string[] {
    return matchingEntries(this.#entries, this).map(({ key }) => key);
  }

  focusRow(id?: string): boolean {
    const { shown } = this;
    return this.#focus(id ?? shown.find((key) => key === this.#tabStop) ?? shown[0]);
  }

  focusFind(): void {
    this.renderRoot.querySelector<HTMLInputElement>("input[type=search]")?.focus();
  }

  #dispatchChange(): void {
    const { group, order, find } = this;
    this.#dispatch("batch-list-change", { group, order, find } satisfies BatchListChangeDetail);
  }

  #dispatch(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #announceCount(): void {
    const entries = this.#entries;
    const { message, number } = this.createContext();
    const shown = matchingEntries(entries, this).length;
    this.announce(message("element.shown", { shown: number(shown), total: number(entries.length) }));
  }

  #setTabStop(key: string | undefined): void {
    if (key === undefined || key === this.#tabStop) return;
    this.#tabStop = key;
    this.requestUpdate();
  }

  #select(key: string | undefined): void {
    const entry = this.#items.find((item) => item.key === key)?.entry;
    if (!entry) return;
    const { batch, view } = entry;
    this.#dispatch("batch-select", { batch, view } satisfies BatchSelectDetail);
  }

  /** Moves the focus between rows by the arrow keys, Home, End, Page Up and Page Down. */
  #moveFocus(event: KeyboardEvent): void {
    const shown = matchingEntries(this.#entries, this);
    const from = shown.findIndex(({ key }) => key === keyOf(event.target));
    const to = new Map([
      ["ArrowDown", from + 1],
      ["ArrowUp", from - 1],
      ["PageDown", from + pageRows],
      ["PageUp", from - pageRows],
      ["Home", 0],
      ["End", shown.length - 1],
    ]).get(event.key);
    if (from < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#focus(shown[Math.min(Math.max(to, 0), shown.length - 1)]?.key);
  }

  /** Focuses a row. If it is not in the page, adds it before, unless it is called within an update. */
  #focus(key: string | undefined, isInUpdate = false): boolean {
    const find = () =>
      [...this.renderRoot.querySelectorAll<HTMLElement>("button[data-key]")].find(({ dataset }) => dataset.key === key);
    let button = find();
    if (!button && !isInUpdate && key !== undefined && this.shown.includes(key)) {
      this.#setTabStop(key);
      this.performUpdate();
      button = find();
    }
    button?.focus();
    return button !== undefined;
  }

  // A row is moved by removing and inserting it, which loses the focus.
  protected override update(changed: Map<PropertyKey, unknown>): void {
    const focused = keyOf(this.shadowRoot?.activeElement ?? null);
    super.update(changed);
    const rows = this.renderRoot.querySelector(".rows");
    const state = { shown: this.#found?.shown ?? [], tabStop: this.#tabStop, selected: this.selected };
    if (rows && this.#context) this.#rows.update(rows, state, this.#context, () => this.requestUpdate());
    if (focused !== undefined && this.shadowRoot?.activeElement === null) this.#focus(focused, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }
}

const inputValueOf = (target: EventTarget | null): string =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : "";

const keyOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>("button[data-key]")?.dataset.key : undefined;
