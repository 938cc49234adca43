// One batch, with all there is to know and to do.
import type { BatchView } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { wordsOf } from "../../data/api/api-request.js";
import "../../shared/components/copy-button.js";
import { LightElement } from "../../shared/components/light-element.js";
import "../../shared/components/raw-json.js";
import type { Known } from "../../data/feed/batch-store.js";
import type { Live } from "../../data/feed/batch-feed.js";
import { hashOf } from "../../shared/route.js";
import { say } from "../../shared/announce-event.js";
import { shorten } from "../../shared/text.js";
import { visible } from "../../shared/hidden-characters.js";
import "./failure-causes.js";
import { changeLog } from "./activity.js";
import "./downloads.js";
import { facts } from "./batch-facts.js";
import { goneBatch } from "./gone-batches.js";

const mostOfAMessage = 500;

/** The batch with the id `batch`; `known` when it has been seen. Sends `board-close`. */
export class BoardDetail extends LightElement {
  static override properties = {
    live: { attribute: false },
    batch: {},
    known: { attribute: false },
    now: { type: Number },
    missing: { state: true },
    refusal: { state: true },
    cancelling: { state: true },
  };
  declare live: Live;
  declare batch: string;
  declare known: Known | undefined;
  declare now: number | undefined;
  /** Why the batch cannot be had. */
  declare missing: string | undefined;
  /** Why it was not cancelled. */
  declare refusal: string | undefined;
  /** Whether its cancellation is being asked for. */
  declare cancelling: boolean;
  readonly #confirm = createRef<HTMLDialogElement>();

  /** Puts the focus on the batch. */
  focusTitle(): void {
    this.querySelector<HTMLElement>("section")?.focus();
  }

  /** Asks whether to cancel it, where that is possible. */
  askToCancel(): boolean {
    if (!this.known?.view.cancellable || this.known.gone || this.cancelling) return false;
    this.#confirm.value?.showModal();
    return true;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("batch")) return;
    this.missing = undefined;
    this.refusal = undefined;
    this.cancelling = false;
    this.#confirm.value?.close();
    if (!this.known) void this.#find();
  }

  protected override render(): TemplateResult {
    return html`<section class="detail" tabindex="-1" aria-label=${`Batch ${shorten(this.batch, 60)}`}>
      <nav class="ways" aria-label="Batch">
        <button type="button" class="back quiet" @click=${this.#close}>
          <svg aria-hidden="true" viewBox="0 0 16 16" width="16" height="16"><path d="M10 3 5 8l5 5" /></svg>All batches
        </button>
        <a href=${hashOf({ page: "lifecycle", id: this.batch })}>Where it stands in the lifecycle</a>
      </nav>
      ${this.known ? (this.known.gone ? goneBatch(this.known) : this.#all(this.known)) : this.#none()}
    </section>`;
  }

  #none(): TemplateResult {
    if (this.missing === undefined)
      return html`<p class="none" aria-busy="true">Asking for ${shorten(this.batch, 60)}</p>`;
    return html`<div class="banner" data-tone="danger">
      <p class="title">This batch could not be had.</p>
      <p><bdi>${visible(shorten(this.missing, mostOfAMessage))}</bdi></p>
      <p><button type="button" @click=${() => void this.#find()}>Ask again</button></p>
    </div>`;
  }

  #all({ id = "", batch, view, history, log, lost }: Known): TemplateResult {
    const { api } = this.live;
    return html`
      ${
        lost === undefined
          ? nothing
          : html`<div class="banner" data-tone="warning">
              <p class="title">It is not followed any more.</p>
              <p><bdi>${visible(shorten(lost, mostOfAMessage))}</bdi></p>
            </div>`
      }
      ${
        this.refusal === undefined
          ? nothing
          : html`<div class="banner" data-tone="danger">
              <p class="title">It was not cancelled.</p>
              <p><bdi>${visible(shorten(this.refusal, mostOfAMessage))}</bdi></p>
            </div>`
      }
      <batch-card .batch=${batch} .history=${history} .profile=${api.profile} .now=${this.now}>
        <span slot="actions" class="actions">
          <board-copy .text=${id} .what=${`id ${shorten(id, 40)}`}></board-copy>
          ${
            view.cancellable
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
        ${facts(batch)}
      </batch-card>
      <board-causes class="panel-card" .api=${api} .batch=${id} .view=${view}></board-causes>
      <board-downloads class="panel-card" .api=${api} .batch=${id} .view=${view}></board-downloads>
      ${changeLog(log)}
      <board-object .value=${batch}></board-object>
      ${this.#question(view, id)}
    `;
  }

  #question({ progress }: BatchView, id: string): TemplateResult {
    return html`<dialog class="confirm" aria-labelledby="confirm-title" ${ref(this.#confirm)}>
      <form method="dialog">
        <h2 id="confirm-title">Cancel this batch?</h2>
        <p>
          <code><bdi>${shorten(id, 80)}</bdi></code>
        </p>
        <p>${progress.text}. What is not done by then is never done; what is done can be downloaded.</p>
        <p class="actions">
          <button value="no" autofocus>Keep it running</button
          ><button value="yes" class="danger" @click=${() => void this.#cancel()}>Cancel the batch</button>
        </p>
      </form>
    </dialog>`;
  }

  async #find(): Promise<void> {
    const { batch } = this;
    this.missing = undefined;
    try {
      await this.live.find(batch);
    } catch (error) {
      if (batch === this.batch) this.missing = wordsOf(error);
    }
  }

  async #cancel(): Promise<void> {
    const { batch } = this;
    this.cancelling = true;
    this.refusal = undefined;
    try {
      await this.live.cancel(batch);
      say(this, "Cancellation has been asked for.");
    } catch (error) {
      if (batch === this.batch) this.refusal = wordsOf(error);
      say(this, `It was not cancelled: ${wordsOf(error)}`);
    }
    if (batch === this.batch) this.cancelling = false;
  }

  #close(): void {
    this.dispatchEvent(new Event("board-close"));
  }
}

customElements.define("board-detail", BoardDetail);
