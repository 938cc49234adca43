// The dialog that lists the keyboard shortcuts.
import { html } from "lit";
import { ChangeController } from "../shared/change-controller.js";
import { LightElement } from "../shared/components/light-element.js";
import { shortcuts, singleKeys } from "./shortcuts.js";

/** Keys whose display name differs from `KeyboardEvent.key`. */
const keyNames: Readonly<Record<string, string>> = { Escape: "Esc" };

/** The dialog. */
export class BoardHelp extends LightElement {
  constructor() {
    super();
    new ChangeController(this, singleKeys);
  }

  /** Opens the dialog. When it is closed, the browser returns the focus. */
  open(): void {
    this.querySelector("dialog")?.showModal();
  }

  protected override render() {
    return html`<dialog class="shortcuts" aria-labelledby="shortcuts-title" @click=${this.#closeOutside}>
      <form method="dialog">
        <header>
          <h2 id="shortcuts-title">Keyboard shortcuts</h2>
          <button class="quiet" aria-label="Close">Close</button>
        </header>
        <dl data-off=${!singleKeys.value}>
          ${shortcuts.map(
            ({ keys, description }) =>
              html`<div data-single=${keys.some((key) => key.length === 1)}>
                <dt>
                  ${keys.map((key, index) => html`${index > 0 ? " then " : ""}<kbd>${keyNames[key] ?? key}</kbd>`)}
                </dt>
                <dd>${description}</dd>
              </div>`,
          )}
        </dl>
        <p class="hint">In the list, the arrow keys work too. Shortcuts are off while you type.</p>
        <label class="check"
          ><input type="checkbox" .checked=${singleKeys.value} @change=${this.#toggle} />
          <span>Enable single-key shortcuts</span></label
        >
      </form>
    </dialog>`;
  }

  #toggle(event: Event): void {
    singleKeys.value = (event.target as HTMLInputElement).checked;
  }

  // A click on the backdrop has the dialog itself as its target.
  #closeOutside(event: MouseEvent): void {
    if (event.target === event.currentTarget) (event.currentTarget as HTMLDialogElement).close();
  }
}

customElements.define("board-help", BoardHelp);
