// The Batches page: the list, and beside it the open batch.
import "batchlight/elements/define";
import type {
  BatchListChangeEvent,
  BatchListElement,
  BatchSelectEvent,
  ListGroup,
  ListOrder,
} from "batchlight/elements";
import { html, nothing, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import type { BatchFeed } from "../../data/feed/batch-feed.js";
import type { StoredBatch } from "../../data/feed/batch-store.js";
import { FeedController } from "../../data/feed/feed-controller.js";
import { nameOf } from "../../data/feed/batch-name.js";
import { isHandled } from "../../data/handled.js";
import { announce } from "../../shared/announce-event.js";
import { LightElement } from "../../shared/components/light-element.js";
import type { Action } from "../../shared/page-element.js";
import { formatHash, navigate, pages, parseHash, type Route, updateQuery } from "../../shared/route.js";
import { setPageTitle } from "../../shared/page-title.js";
import { truncate } from "../../shared/text.js";
import { countAttention, needingAttention } from "./attention-count.js";
import { connectionBanner, connectionLine } from "./connection-banner.js";
import "./detail.js";
import type { BoardDetail } from "./detail.js";
import { filterBatches, hasFilter } from "./filter.js";
import type { FilterEvent } from "./filter-bar.js";
import { goneList } from "./gone-batches.js";
import { HandledMarks } from "./handled-marks.js";
import { focusedId, focusRow, moveFocus, scrollToRow } from "./list-rows.js";
import { ListInput } from "./list-input.js";
import { emptyList, listTools, notConnected, skeleton } from "./list-slots.js";
import { listTotals } from "./list-totals.js";
import { notifyOf } from "./notifications.js";
import "./notify-toggle.js";
import { olderBatches } from "./older-batches.js";
import { OlderSearch } from "./older-search.js";
import { ownerText } from "./owner.js";

/** The values that the query of the route leaves out. */
const defaultFilter = { group: "all", order: "attention", find: "" };

/** The Batches page. */
export class BoardBatches extends LightElement {
  static override properties = { route: { state: true } };
  declare route: Route;
  readonly #controller = new FeedController(this, (feed) => {
    notifyOf(feed);
    countAttention(feed);
  });
  readonly #olderSearch = new OlderSearch(this);
  readonly #marks = new HandledMarks(this, () => {
    if (this.route.id === undefined) this.#list.value?.focusRow();
    else this.#detail.value?.focusTitle();
  });
  readonly #list = createRef<BatchListElement>();
  readonly #detail = createRef<BoardDetail>();
  /** The query that was last applied to the list. */
  #appliedQuery: string | undefined;
  /** The batch whose row was last scrolled into view. */
  #revealed: string | undefined;
  readonly #input = new ListInput();

  constructor() {
    super();
    this.route = parseHash(location.hash);
    this.addEventListener("batch-select", (event: BatchSelectEvent) => this.#open(event.detail.view.id));
    this.addEventListener("batches-filter", (event: FilterEvent) => this.#setQuery(event.values));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("hashchange", this.#onHashChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.#onHashChange);
  }

  /** Shows a route of this page. */
  navigated(route: Route): void {
    this.route = route;
    this.#updateTitle();
  }

  /** Performs an action of a keyboard shortcut; returns `false` where it does not apply. */
  handleAction(action: Action): boolean {
    const list = this.#list.value;
    switch (action) {
      case "search":
        list?.focusFind();
        return list !== undefined;
      case "next":
      case "previous":
        return list !== undefined && this.#move(list, action === "next" ? 1 : -1);
      case "close":
        if (this.route.id === undefined) return false;
        this.#close();
        return true;
      case "refresh":
        this.#controller.feed?.refresh();
        return true;
      case "handle":
        return this.#toggleHandled();
      case "cancel":
        return this.#detail.value?.askToCancel() ?? false;
      default:
        return false;
    }
  }

  protected override updated(): void {
    const { feed } = this.#controller;
    if (feed) this.#olderSearch.update(feed, this.route.query);
    this.#updateTitle();
    this.#applyQuery();
    void this.#revealRow();
  }

  protected override render(): TemplateResult {
    const { feed, error } = this.#controller;
    if (error !== undefined) return notConnected(error);
    const status = feed?.status ?? { kind: "loading" };
    const now = Date.now();
    return html`
      <section
        class="live"
        aria-labelledby="live-title"
        data-simulated=${feed ? feed.api.owner.kind === "simulated" : nothing}
      >
        <header class="live-head">
          <div class="owner">${feed ? ownerText(feed) : html`<h2 id="live-title">Batches</h2>`}</div>
          <div class="live-tools">
            ${connectionLine(status, now, () => feed?.refresh())}
            <board-notify></board-notify>
          </div>
        </header>
        ${feed?.batches ? this.#content(feed, feed.batches) : status.kind === "loading" ? skeleton : nothing}
        <div class="notices">${connectionBanner(status, now)} ${this.#marks.undoLine()}</div>
      </section>
    `;
  }

  #content(feed: BatchFeed, stored: readonly StoredBatch[]): TemplateResult {
    const { id } = this.route;
    const shown = filterBatches(stored, this.route.query, feed.api.now());
    this.#input.set(shown);
    return html`
      <div class="split" data-open=${id !== undefined}>
        <div class="listing">
          <batch-list
            ${ref(this.#list)}
            .batches=${this.#input.batches}
            .profile=${feed.api.profile}
            .now=${this.#controller.now}
            .selected=${id}
            .fileNames=${feed.fileNames}
            .handled=${this.#input.handled}
            @batch-list-change=${this.#onListChange}
          >
            ${listTools(stored, this.route.query, needingAttention(shown), (views) => this.#marks.set(views, true))}
            ${emptyList(stored.length > 0, this.#olderSearch.running)}
          </batch-list>
          ${listTotals(shown)}
          ${olderBatches(
            feed,
            this.#olderSearch.running ? "searching" : hasFilter(this.route.query) ? "searched" : "shown",
          )}
          ${goneList(feed.gone)}
        </div>
        ${
          id === undefined
            ? nothing
            : html`<board-detail
                ${ref(this.#detail)}
                .feed=${feed}
                .batch=${id}
                .stored=${feed.get(id)}
                .handled=${isHandled(feed.get(id)?.view)}
                .now=${this.#controller.now}
                @board-close=${this.#close}
                @board-handle=${() => this.#toggleHandled()}
              ></board-detail>`
        }
      </div>
    `;
  }

  #onHashChange = (): void => {
    const route = parseHash(location.hash);
    if (route.page === "batches") this.route = route;
  };

  #updateTitle(): void {
    if (this.hidden) return;
    const { id } = this.route;
    const stored = id === undefined ? undefined : this.#controller.feed?.get(id);
    const names = this.#controller.feed?.fileNames;
    const running = this.#controller.feed?.batches?.filter(({ view }) => view.group === "active").length ?? 0;
    setPageTitle(
      stored && names
        ? `${truncate(stored.view.label, 40)} · ${truncate(nameOf(stored, names), 60)}`
        : `${running > 0 ? `${running} active · ` : ""}${pages.batches.title}`,
    );
  }

  #setQuery(values: Parameters<typeof updateQuery>[0]): void {
    updateQuery(values);
    this.route = parseHash(location.hash);
    this.#appliedQuery = String(this.route.query);
  }

  /** Marks the open batch, or otherwise the focused one, as handled, or removes the mark. */
  #toggleHandled(): boolean {
    const id = this.route.id ?? (this.#list.value && focusedId(this.#list.value));
    const view = id === undefined ? undefined : this.#controller.feed?.get(id)?.view;
    if (view?.group !== "attention") return false;
    this.#marks.set([view], !isHandled(view));
    return true;
  }

  /** Applies the query of the route to the list, once per query: after that, the list owns its filters. */
  #applyQuery(): void {
    const list = this.#list.value;
    const { query } = this.route;
    if (!list || this.#appliedQuery === String(query)) return;
    this.#appliedQuery = String(query);
    list.group = (query.get("group") ?? defaultFilter.group) as ListGroup;
    list.order = (query.get("order") ?? defaultFilter.order) as ListOrder;
    list.find = query.get("find") ?? defaultFilter.find;
  }

  /** Scrolls the row of the open batch into view, once the list has it. */
  async #revealRow(): Promise<void> {
    const { value: list } = this.#list;
    const { id } = this.route;
    if (!list || id === this.#revealed) return;
    await list.updateComplete;
    if (id !== this.route.id || (id !== undefined && !scrollToRow(list, id))) return;
    this.#revealed = id;
  }

  #onListChange = ({ detail: { group, order, find } }: BatchListChangeEvent): void => {
    this.#setQuery({
      group: group === defaultFilter.group ? undefined : group,
      order: order === defaultFilter.order ? undefined : order,
      find,
    });
  };

  #open(id: string | undefined): void {
    if (id === undefined) return;
    navigate({ page: "batches", id, query: this.route.query });
    this.route = parseHash(formatHash({ page: "batches", id, query: this.route.query }));
    void this.#focusDetail();
  }

  /** Moves the focus to the batch where it replaces the list. */
  async #focusDetail(): Promise<void> {
    await this.updateComplete;
    const { value: list } = this.#list;
    if (list && !list.checkVisibility()) {
      this.#detail.value?.focusTitle();
      scrollTo(0, 0);
      return;
    }
    this.#detail.value?.scrollToTop();
    announce(this, "The batch is shown beside the list.");
  }

  #close = async (): Promise<void> => {
    const { id = "", query } = this.route;
    navigate({ page: "batches", query });
    this.route = parseHash(formatHash({ page: "batches", query }));
    await this.updateComplete;
    if (this.#list.value && !focusRow(this.#list.value, id)) this.#list.value.focusRow();
  };

  /** Moves the focus from row to row; while a batch is open, opens the next or previous one. */
  #move(list: BatchListElement, offset: 1 | -1): boolean {
    if (!list.checkVisibility()) return this.#openNeighbour(list, offset);
    const row = moveFocus(list, offset);
    if (row && this.route.id !== undefined) row.click();
    return row !== undefined;
  }

  /** Opens the next or previous batch of the list while the list is hidden. */
  #openNeighbour(list: BatchListElement, offset: 1 | -1): boolean {
    const { id: open = "" } = this.route;
    const id = list.shown[list.shown.indexOf(open) + offset];
    if (id !== undefined) this.#open(id);
    return id !== undefined;
  }
}

customElements.define("board-batches", BoardBatches);
