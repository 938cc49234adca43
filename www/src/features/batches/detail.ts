// One batch in full: card, causes of failures, files, activity, raw JSON, and its cancellation.
import type { BatchView } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { messageOf } from "#common/thrown.js";
import type { BatchFeed } from "../../data/feed/batch-feed.js";
import { inputFileName, nameOf } from "../../data/feed/batch-name.js";
import type { StoredBatch } from "../../data/feed/batch-store.js";
import { announce } from "../../shared/announce-event.js";
import { banner, errorBanner, shownMessage } from "../../shared/components/banner.js";
import "../../shared/components/copy-button.js";
import "../../shared/components/cost.js";
import { LightElement } from "../../shared/components/light-element.js";
import "../../shared/components/raw-json.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import type { OpenRequestsEvent } from "../../shared/open-requests-event.js";
import type { RequestFocus } from "../../shared/pending-files.js";
import { formatHash } from "../../shared/route.js";
import { truncate } from "../../shared/text.js";
import { activity } from "./activity.js";
import { batchFacts } from "./batch-facts.js";
import "./downloads.js";
import "./failure-causes.js";
import { type BoardDownloads, goneText } from "./downloads.js";
import { goneBatch } from "./gone-batches.js";
import { nextAction } from "./next-action.js";

/**
 * Shows the batch with the id `batch`; `stored` is set once it is loaded. Dispatches `board-close`, and `board-handle`
 * to mark it as handled or to remove the mark.
 */
export class BoardDetail extends LightElement {
  static override properties = {
    feed: { attribute: false },
    batch: {},
    stored: { attribute: false },
    handled: { type: Boolean },
    now: { type: Number },
    loadError: { state: true },
    cancelError: { state: true },
    cancelling: { state: true },
    goneFiles: { state: true },
  };
  declare feed: BatchFeed;
  declare batch: string;
  declare stored: StoredBatch | undefined;
  /** Whether the user has marked the batch as handled. */
  declare handled: boolean;
  declare now: number | undefined;
  /** Why the batch could not be loaded. */
  declare loadError: string | undefined;
  /** Why the batch could not be cancelled. */
  declare cancelError: string | undefined;
  /** Whether a request to cancel is under way. */
  declare cancelling: boolean;
  /** The ids of the files that the API no longer has. */
  declare goneFiles: ReadonlySet<string>;
  readonly #dialog = createRef<HTMLDialogElement>();

  constructor() {
    super();
    this.handled = false;
    this.goneFiles = new Set();
    this.addEventListener("board-file-gone", ({ id }) => (this.goneFiles = new Set([...this.goneFiles, id])));
    this.addEventListener("board-open-requests", ({ focus }: OpenRequestsEvent) => this.#openRequests(focus));
  }

  /** Focuses the batch. */
  focusTitle(): void {
    this.querySelector<HTMLElement>("section")?.focus();
  }

  /** Scrolls the page so that the batch is shown from its beginning. */
  scrollToTop(): void {
    const { top } = this.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) this.scrollIntoView({ block: "start" });
  }

  /** Asks for confirmation to cancel; returns `false` when the batch cannot be cancelled. */
  askToCancel(): boolean {
    if (!this.feed.api.cancels || !this.stored?.view.cancellable || this.stored.gone || this.cancelling) return false;
    this.#dialog.value?.showModal();
    return true;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("batch")) return;
    this.loadError = undefined;
    this.cancelError = undefined;
    this.cancelling = false;
    this.goneFiles = new Set();
    this.#dialog.value?.close();
    if (!this.stored) void this.#load();
  }

  protected override render(): TemplateResult {
    return html`<section class="detail" tabindex="-1" aria-label=${`Batch ${truncate(this.batch, 60)}`}>
      <nav class="detail-links" aria-label="Batch">
        <button type="button" class="back quiet" @click=${this.#close}>
          <svg aria-hidden="true" viewBox="0 0 16 16" width="16" height="16"><path d="M10 3 5 8l5 5" /></svg>All batches
        </button>
        <a href=${formatHash({ page: "lifecycle", id: this.batch })}>View in lifecycle</a>
      </nav>
      ${this.stored ? (this.stored.gone ? goneBatch(this.stored) : this.#loaded(this.stored)) : this.#notLoaded()}
    </section>`;
  }

  #notLoaded(): TemplateResult {
    if (this.loadError === undefined)
      return html`<p class="none" aria-busy="true">Loading ${truncate(this.batch, 60)}…</p>`;
    return banner(
      "danger",
      "Couldn’t load this batch.",
      html`<p>${shownMessage(this.loadError)}</p>
        <p><button type="button" @click=${() => void this.#load()}>Retry</button></p>`,
    );
  }

  #loaded({ id = "", batch, view, history, log, watchError }: StoredBatch): TemplateResult {
    const { api, fileNames } = this.feed;
    const name = nameOf({ id, batch, view, history, log }, fileNames);
    const file = inputFileName({ view }, fileNames);
    return html`
      <header class="detail-head">
        <div>
          <h2><bdi>${revealHidden(truncate(name, 120))}</bdi></h2>
          ${
            file === undefined || file === name ? nothing : html`<p><bdi>${revealHidden(truncate(file, 120))}</bdi></p>`
          }
        </div>
        ${
          view.group === "attention"
            ? html`<button type="button" class="handle" @click=${this.#handle}>
                ${this.handled ? "Needs attention again" : "Mark as handled"}
              </button>`
            : nothing
        }
      </header>
      ${errorBanner("No longer updating.", watchError, "warning")}
      ${errorBanner("Couldn’t cancel.", this.cancelError)}
      <batch-card .batch=${batch} .history=${history} .profile=${api.profile} .now=${this.now}>
        <span slot="actions" class="actions">
          <board-copy .text=${id} .label=${truncate(id, 40)}></board-copy>
          ${
            view.cancellable && api.cancels
              ? html`<button
                  type="button"
                  class="cancel"
                  ?disabled=${this.cancelling}
                  @click=${() => this.askToCancel()}
                >
                  ${this.cancelling ? "Cancelling" : "Cancel"}
                </button>`
              : nothing
          }
        </span>
        ${this.#advice(view)} ${batchFacts(batch, view.model)}
      </batch-card>
      <board-causes class="panel-card" .api=${api} .batch=${id} .view=${view}></board-causes>
      <board-downloads class="panel-card" .api=${api} .batch=${id} .view=${view}></board-downloads>
      ${activity(log)}
      <board-raw-json .value=${batch}></board-raw-json>
      ${this.#confirmation(view, id)}
    `;
  }

  /** Renders the next action in place of the advice of the card; renders nothing when there is none. */
  #advice(view: BatchView): TemplateResult | typeof nothing {
    const next = nextAction(view);
    if (!next) return nothing;
    if (next.kind === "download" && this.goneFiles.has(next.file.id))
      return html`<span slot="advice">${goneText(next.file)}</span>`;
    return html`<span slot="advice" class="next">
      ${next.kind === "download" ? nothing : html`<span>${view.advice}</span>`}
      <button
        type="button"
        class="main-action"
        @click=${() => (next.kind === "open" ? this.#openRequests(next.focus) : void this.#downloads?.save(next.file))}
      >
        ${next.text}
      </button>
    </span>`;
  }

  #confirmation({ progress }: BatchView, id: string): TemplateResult {
    return html`<dialog class="confirm" aria-labelledby="confirm-title" ${ref(this.#dialog)}>
      <form method="dialog">
        <h2 id="confirm-title">Cancel this batch?</h2>
        <p>
          <code><bdi>${truncate(id, 80)}</bdi></code>
        </p>
        <p>${progress.text}. Unfinished requests won’t run. Finished results stay downloadable.</p>
        <p class="actions">
          <button value="no" autofocus>Keep running</button
          ><button value="yes" class="danger" @click=${() => void this.#cancel()}>Cancel batch</button>
        </p>
      </form>
    </dialog>`;
  }

  async #load(): Promise<void> {
    const { batch } = this;
    this.loadError = undefined;
    try {
      await this.feed.load(batch);
    } catch (error) {
      if (batch === this.batch) this.loadError = messageOf(error);
    }
  }

  async #cancel(): Promise<void> {
    const { batch } = this;
    this.cancelling = true;
    this.cancelError = undefined;
    try {
      await this.feed.cancel(batch);
      announce(this, "Cancelling the batch.");
    } catch (error) {
      if (batch === this.batch) this.cancelError = messageOf(error);
      announce(this, `Couldn’t cancel. ${messageOf(error)}`);
    }
    if (batch === this.batch) this.cancelling = false;
  }

  get #downloads(): BoardDownloads | null {
    return this.querySelector<BoardDownloads>("board-downloads");
  }

  #openRequests(focus: RequestFocus): void {
    void this.#downloads?.openRequests(focus);
  }

  #handle(): void {
    this.dispatchEvent(new Event("board-handle"));
  }

  #close(): void {
    this.dispatchEvent(new Event("board-close"));
  }
}

customElements.define("board-detail", BoardDetail);
