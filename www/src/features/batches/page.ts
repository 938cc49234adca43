// The page of batches: the list, and beside it the batch that is chosen.
import "batchlight/elements/define";
import type { BatchListElement, BatchSelectEvent, ListGroup, ListOrder } from "batchlight/elements";
import { html, nothing, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { LightElement } from "../../shared/components/light-element.js";
import { Following } from "../../data/feed/feed-controller.js";
import type { Known } from "../../data/feed/batch-store.js";
import type { Live } from "../../data/feed/batch-feed.js";
import { go, hashOf, keepChoice, pages, type Place, placeOf } from "../../shared/route.js";
import { say } from "../../shared/announce-event.js";
import type { Action } from "../../app/shortcuts.js";
import { counted, shorten } from "../../shared/text.js";
import "./detail.js";
import type { BoardDetail } from "./detail.js";
import { goneList } from "./gone-batches.js";
import { focusFind, focusRow, moveBy, revealRow, shownIds } from "./list-rows.js";
import { standingBanner, standingLine } from "./connection-banner.js";

/** How many rows stand in for those that are asked for. */
const placeholders = [1, 2, 3, 4, 5, 6];

/** The page of batches. */
export class BoardBatches extends LightElement {
  static override properties = { place: { state: true } };
  declare place: Place;
  readonly #following = new Following(this);
  readonly #list = createRef<BatchListElement>();
  readonly #detail = createRef<BoardDetail>();
  /** What the list was last told by the address, and which batch was brought into sight. */
  #asked: string | undefined;
  #revealed: string | undefined;
  /** What the list was last given: it reads anew what is a new array. */
  #given: { readonly known: readonly Known[]; readonly batches: readonly unknown[] } = { known: [], batches: [] };

  constructor() {
    super();
    this.place = placeOf(location.hash);
    this.addEventListener("batch-select", (event: BatchSelectEvent) => this.#open(event.detail.view.id));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("hashchange", this.#turn);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.#turn);
  }

  /** Called when an address has led here. */
  turned(place: Place): void {
    this.place = place;
    this.#title();
  }

  /** What a key of the keyboard does here. */
  act(action: Action): boolean {
    const list = this.#list.value;
    switch (action) {
      case "search":
        if (list) focusFind(list);
        return list !== undefined;
      case "next":
      case "previous":
        return list !== undefined && this.#move(list, action === "next" ? 1 : -1);
      case "close":
        if (this.place.id === undefined) return false;
        this.#close();
        return true;
      case "check":
        this.#following.live?.checkNow();
        return true;
      case "cancel":
        return this.#detail.value?.askToCancel() ?? false;
      default:
        return false;
    }
  }

  protected override updated(): void {
    this.#title();
    this.#choose();
    void this.#reveal();
  }

  protected override render(): TemplateResult {
    const { live, failed } = this.#following;
    if (failed !== undefined)
      return html`<section class="live">
        <div class="banner" data-tone="danger">
          <p class="title">There is no API to ask.</p>
          <p>${failed}</p>
        </div>
      </section>`;
    const standing = live?.standing ?? { kind: "loading" };
    const now = Date.now();
    return html`
      <section
        class="live"
        aria-labelledby="live-title"
        data-simulated=${live ? live.api.owner.kind === "simulated" : nothing}
      >
        <header class="live-head">
          <div class="whose">${live ? whose(live) : html`<h2 id="live-title">Batches</h2>`}</div>
          ${standingLine(standing, now, () => live?.checkNow())}
        </header>
        ${standingBanner(standing, now)}
        ${live?.batches ? this.#desk(live, live.batches) : standing.kind === "loading" ? waiting : nothing}
      </section>
    `;
  }

  #desk(live: Live, batches: readonly Known[]): TemplateResult {
    const { id } = this.place;
    if (this.#given.known !== batches) this.#given = { known: batches, batches: batches.map(({ batch }) => batch) };
    return html`
      <div class="split" data-open=${id !== undefined}>
        <div class="listing">
          <batch-list
            ${ref(this.#list)}
            .batches=${this.#given.batches}
            .profile=${live.api.profile}
            .now=${this.#following.now}
            .selected=${id}
            @input=${this.#chosen}
          >
            <div slot="empty" class="empty">
              <p class="title">There are no batches yet.</p>
              <p>
                One that is created shows here by itself. Before you send a file,
                <a href=${pages.files.hash}>check it</a>; what batches look like,
                <a href=${pages.examples.hash}>the examples</a> show.
              </p>
            </div>
          </batch-list>
          ${goneList(live.gone)}
          ${live.more || live.olderFailed !== undefined ? this.#older(live, batches.length) : nothing}
        </div>
        ${
          id === undefined
            ? nothing
            : html`<board-detail
                ${ref(this.#detail)}
                .live=${live}
                .batch=${id}
                .known=${live.get(id)}
                .now=${this.#following.now}
                @board-close=${this.#close}
              ></board-detail>`
        }
      </div>
    `;
  }

  #older(live: Live, many: number): TemplateResult {
    return html`<p class="older">
      <span>The newest ${counted(many, "batch", "batches")} are shown.</span>
      <button type="button" ?disabled=${live.loadingOlder} @click=${() => void live.loadOlder()}>
        ${live.loadingOlder ? "Loading older ones" : "Load older ones"}
      </button>
      ${
        live.olderFailed === undefined
          ? nothing
          : html`<span class="trouble" data-tone="danger"><bdi>${shorten(live.olderFailed, 300)}</bdi></span>`
      }
    </p>`;
  }

  #turn = (): void => {
    const place = placeOf(location.hash);
    if (place.page === "batches") this.place = place;
  };

  #title(): void {
    if (this.hidden) return;
    const { id } = this.place;
    const known = id === undefined ? undefined : this.#following.live?.get(id);
    const running = this.#following.live?.batches?.filter(({ view }) => view.group === "active").length ?? 0;
    const title = known
      ? `${shorten(known.view.label, 40)}: ${shorten(known.id ?? "", 60)}`
      : running > 0
        ? `${running} under way · ${pages.batches.title}`
        : pages.batches.title;
    if (document.title !== title) document.title = title;
  }

  /** Hands to the list what the address says, once for each address: after that the list is its own. */
  #choose(): void {
    const list = this.#list.value;
    const { query } = this.place;
    const asked = String(query);
    if (!list || this.#asked === asked) return;
    this.#asked = asked;
    list.group = (query.get("group") ?? "all") as ListGroup;
    list.order = (query.get("order") ?? "attention") as ListOrder;
    list.find = query.get("find") ?? "";
  }

  /** Brings the chosen batch into sight in the list, once. */
  async #reveal(): Promise<void> {
    const { value: list } = this.#list;
    const { id } = this.place;
    if (!list || id === this.#revealed) return;
    this.#revealed = id;
    await list.updateComplete;
    if (id !== undefined && list.checkVisibility()) revealRow(list, id);
  }

  // The list tells by `input` that one of its controls is used, and has taken it when the event is over.
  #chosen = (): void =>
    void setTimeout(() => {
      const list = this.#list.value;
      if (!list) return;
      const usual = { group: "all", order: "attention", find: "" };
      const { group, order, find } = list;
      keepChoice({
        group: group === usual.group ? undefined : group,
        order: order === usual.order ? undefined : order,
        find,
      });
      this.place = placeOf(location.hash);
      this.#asked = String(this.place.query);
    });

  #open(id: string | undefined): void {
    if (id === undefined) return;
    go({ page: "batches", id, query: this.place.query });
    this.place = placeOf(hashOf({ page: "batches", id, query: this.place.query }));
    void this.#show();
  }

  /** Where the batch takes the place of the list, the focus goes along. */
  async #show(): Promise<void> {
    await this.updateComplete;
    const { value: list } = this.#list;
    if (list && !list.checkVisibility()) {
      this.#detail.value?.focusTitle();
      scrollTo(0, 0);
    } else say(this, "The batch is shown beside the list.");
  }

  #close = async (): Promise<void> => {
    const { id = "", query } = this.place;
    go({ page: "batches", query });
    this.place = placeOf(hashOf({ page: "batches", query }));
    await this.updateComplete;
    if (this.#list.value) focusRow(this.#list.value, id);
  };

  /** From row to row; with a batch open, from batch to batch. */
  #move(list: BatchListElement, steps: 1 | -1): boolean {
    if (!list.checkVisibility()) return this.#step(list, steps);
    const row = moveBy(list, steps);
    if (row && this.place.id !== undefined) row.click();
    return row !== undefined;
  }

  /** The next batch where the list is out of sight, in the order of the list. */
  #step(list: BatchListElement, steps: 1 | -1): boolean {
    const ids = shownIds(list);
    const id = ids[ids.indexOf(this.place.id) + steps];
    if (id !== undefined) this.#open(id);
    return id !== undefined;
  }
}

const waiting = html`<div class="waiting" aria-hidden="true">${placeholders.map(() => html`<span></span>`)}</div>`;

/** Whose batches these are, said plainly. */
function whose({ api: { owner, speed } }: Live): TemplateResult {
  if (owner.kind === "host")
    return html`<h2 id="live-title">Your batches</h2>
      <p>
        At <b><bdi>${owner.host}</bdi></b
        >. The key stays with the command that serves this page.
      </p>`;
  const minutes = Math.round(86_400 / speed / 60);
  return html`<h2 id="live-title">Simulated batches</h2>
    <p>
      <b>None of these is real.</b>
      ${
        owner.where === "page"
          ? "They are made up in this page, without a key and without a network"
          : "They are simulated on this machine"
      },
      and a day of theirs passes in ${minutes} minutes. To see your own, run <code>npx batchlight board</code> with
      <code>OPENAI_API_KEY</code> set.
    </p>`;
}

customElements.define("board-batches", BoardBatches);
