// Marks batches as handled for the Batches page, and offers to undo the last marks.
import type { BatchView } from "batchlight";
import { html, type LitElement, nothing, type TemplateResult } from "lit";
import { pluralize } from "#common/format.js";
import { handledChanges, setHandled } from "../../data/handled.js";
import { announce } from "../../shared/announce-event.js";
import { ChangeController } from "../../shared/change-controller.js";

/** Keeps the last marks of a page. */
export class HandledMarks {
  readonly #host: LitElement;
  /** Moves the focus when the line with the button disappears. */
  readonly #focusAfter: () => void;
  #last: { readonly views: readonly BatchView[]; readonly handled: boolean } | undefined;

  constructor(host: LitElement, focusAfter: () => void) {
    this.#host = host;
    this.#focusAfter = focusAfter;
    new ChangeController(host, handledChanges);
  }

  /** Marks batches as handled, or removes the marks. */
  set(views: readonly BatchView[], handled: boolean): void {
    this.#last = { views, handled };
    setHandled(views, handled);
    announce(this.#host, this.#text);
  }

  /** Renders what was done last, with a button that undoes it. */
  undoLine(): TemplateResult | typeof nothing {
    const last = this.#last;
    if (!last) return nothing;
    const undo = (): void => {
      setHandled(last.views, !last.handled);
      announce(this.#host, "Undone.");
      void this.#forget();
    };
    return html`<p class="undo">
      <span>${this.#text}</span>
      <button type="button" @click=${undo}>Undo</button>
      <button type="button" class="quiet" @click=${() => void this.#forget()}>Close</button>
    </p>`;
  }

  get #text(): string {
    const { views = [], handled = false } = this.#last ?? {};
    const count = pluralize(views.length, "batch", "batches");
    return handled
      ? `Marked ${count} as handled.`
      : `${count} ${views.length === 1 ? "needs" : "need"} attention again.`;
  }

  async #forget(): Promise<void> {
    this.#last = undefined;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#focusAfter();
  }
}
