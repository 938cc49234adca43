// <batch-list>: many batches, read a few at a time, so that a thousand that change at once never hold up a frame.
import { describeBatch } from "#batchlight";
import { nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { BaseElement, readAs, styled } from "./base.js";
import { batchesOf, type Entry, groups, keysOf, type ListGroup, type ListOrder, listed, orders } from "./list-model.js";
import type { Stage } from "./render-context.js";
import { list, type ListActions } from "./templates/list.js";
import type { BatchListChangeDetail, BatchSelectDetail } from "./types.js";

/** At least so many are read in a frame. */
const fewest = 10;
/**
 * Milliseconds that an update may take: a third of a frame, as drawing takes its part, and the page has things to do of
 * its own.
 */
const share = 5;

interface Place {
  readonly key: string;
  readonly batch: unknown;
  /** The same object until the batch is read again. */
  entry?: Entry;
  /** To be read: new, changed, or of another minute. */
  due: boolean;
}

const oneOf = <T extends string>(known: readonly T[], usual: T) => ({
  converter: (value: string | null): T => known.find((name) => name === value) ?? usual,
});

/** `<batch-list>`. */
export class ListElement extends BaseElement {
  static readonly named = "batch-list";
  static override styles = styled(this.named);
  static override properties: PropertyDeclarations = {
    batches: readAs.text,
    group: oneOf(groups, "all"),
    order: oneOf(orders, "attention"),
    find: { converter: (value: string | null) => value ?? "" },
    selected: readAs.text,
  };

  declare batches: unknown;
  declare group: ListGroup;
  declare order: ListOrder;
  declare find: string;
  declare selected: string | undefined;

  #places: readonly Place[] = [];
  #at: string | undefined;
  #frame: number | undefined;
  /** How many are read in a frame: as many as the last update shows to fit. */
  #atOnce = 2 * fewest;
  #began = 0;
  #stage: Stage | undefined;

  constructor() {
    super();
    this.group = "all";
    this.order = "attention";
    this.find = "";
  }

  protected get isGiven(): boolean {
    return this.batches !== undefined;
  }

  protected ticked(): void {
    // Those that have ended do not change with time; how long ago they were made is written anew without reading them.
    for (const place of this.#places) place.due ||= !place.entry?.view.terminal;
    this.#stage = undefined;
    this.requestUpdate();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    this.#began = performance.now();
    if (changed.has("batches")) this.#take();
    const renewed = ["profile", "messages", "now"].some((name) => changed.has(name));
    if (renewed) for (const place of this.#places) place.due = true;
    if (renewed || changed.has("locale") || changed.has("timeZone")) this.#stage = undefined;
    this.#stage ??= this.stage;
    this.#read();
  }

  #take(): void {
    const known = new Map(this.#places.map((place) => [place.key, place]));
    const batches = batchesOf(this.batches);
    const keys = keysOf(batches);
    this.#places = batches.map((batch, index) => {
      const key = keys[index] ?? "";
      const before = known.get(key);
      if (before && before.batch === batch && typeof batch === "object") return before;
      return { key, batch, due: true, ...(before?.entry && { entry: { ...before.entry, batch } }) };
    });
  }

  /** Reads what is due, as far as a frame allows; the rest in the next. */
  #read(): void {
    const { server: profile, moment: now, usedMessages: messages } = this;
    let count = 0;
    for (const place of this.#places) {
      if (!place.due) continue;
      // What a server wrote is replaced by all of the same, or rows would go and come.
      if (count >= this.#atOnce && !this.takesOver) return this.#readLater();
      count += 1;
      const { key, batch, entry: before } = place;
      const view = describeBatch(batch, { profile, now, messages });
      place.entry = { key, batch, view };
      place.due = false;
      if (before && this.#stage) this.tell(key, before.view, view, this.#stage);
    }
  }

  // Reading a batch takes as long as one thing, writing its row as long as another, and both depend on the machine.
  protected override updated(): void {
    if (this.#frame === undefined) return;
    const took = performance.now() - this.#began;
    this.#atOnce = Math.max(fewest, Math.floor(this.#atOnce * Math.min(2, share / took)));
  }

  #readLater(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.requestUpdate();
    });
  }

  get #entries(): readonly Entry[] {
    return this.#places.map(({ entry }) => entry).filter((entry) => entry !== undefined);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.isGiven || !this.#stage) return nothing;
    const { group, order, find, selected } = this;
    return list(
      { entries: this.#entries, group, order, find, selected, at: this.#at, busy: this.#frame !== undefined },
      this.#stage,
      this.#actions,
    );
  }

  readonly #actions: ListActions = {
    onGroup: ({ target }) => {
      this.group = groups.find((name) => name === chosenValue(target)) ?? "all";
      this.#changed();
      this.#tellShown();
    },
    onOrder: ({ target }) => {
      this.order = orders.find((name) => name === chosenValue(target)) ?? "attention";
      this.#changed();
    },
    onFind: ({ target }) => {
      this.find = chosenValue(target);
      this.#changed();
      this.#tellShown();
    },
    onFocus: ({ target }) => this.#reach(keyOf(target)),
    onRow: ({ target }) => this.#select(keyOf(target)),
    onKey: (event) => this.#move(event),
  };

  get shown(): readonly string[] {
    return listed(this.#entries, this).map(({ key }) => key);
  }

  focusRow(id?: string): boolean {
    const { shown } = this;
    return this.#focus(id ?? shown.find((key) => key === this.#at) ?? shown[0]);
  }

  focusFind(): void {
    this.renderRoot.querySelector<HTMLInputElement>("input[type=search]")?.focus();
  }

  #changed(): void {
    const { group, order, find } = this;
    this.#send("batch-list-change", { group, order, find } satisfies BatchListChangeDetail);
  }

  #send(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  // Those who see the rows see how many are left; the others are told.
  #tellShown(): void {
    const entries = this.#entries;
    const { say, number } = this.stage;
    this.reply(say("element.shown", { shown: number(listed(entries, this).length), total: number(entries.length) }));
  }

  #reach(key: string | undefined): void {
    if (key === undefined || key === this.#at) return;
    this.#at = key;
    this.requestUpdate();
  }

  #select(key: string | undefined): void {
    const entry = this.#places.find((place) => place.key === key)?.entry;
    if (!entry) return;
    const { batch, view } = entry;
    this.#send("batch-select", { batch, view } satisfies BatchSelectDetail);
  }

  /** Arrow keys, Home, End, Page Up and Page Down lead from row to row. */
  #move(event: KeyboardEvent): void {
    const shown = listed(this.#entries, this);
    const from = shown.findIndex(({ key }) => key === keyOf(event.target));
    const to = new Map([
      ["ArrowDown", from + 1],
      ["ArrowUp", from - 1],
      ["PageDown", from + 10],
      ["PageUp", from - 10],
      ["Home", 0],
      ["End", shown.length - 1],
    ]).get(event.key);
    if (from < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#focus(shown[Math.min(Math.max(to, 0), shown.length - 1)]?.key);
  }

  #focus(key: string | undefined): boolean {
    const button = [...this.renderRoot.querySelectorAll<HTMLElement>("button[data-key]")].find(
      ({ dataset }) => dataset.key === key,
    );
    button?.focus();
    return button !== undefined;
  }

  // A row that moves loses the focus: browsers take it from what leaves the page for a moment.
  protected override update(changed: Map<PropertyKey, unknown>): void {
    const focused = keyOf(this.shadowRoot?.activeElement ?? null);
    super.update(changed);
    if (focused !== undefined && this.shadowRoot?.activeElement === null) this.#focus(focused);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }
}

const chosenValue = (target: EventTarget | null): string =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : "";

const keyOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>("button[data-key]")?.dataset.key : undefined;
