// The dialog that tells of the keys.
import { html } from "lit";
import { setSingleKeys, shortcuts, singleKeys } from "./shortcuts.js";
import { LightElement } from "../shared/components/light-element.js";

/** How keys are named to people. */
const names: Readonly<Record<string, string>> = { Escape: "Esc" };

/** The dialog. */
export class BoardHelp extends LightElement {
  static override properties = { single: { state: true } };
  declare single: boolean;

  constructor() {
    super();
    this.single = singleKeys();
  }

  /** Opens it; the browser gives the focus back when it is closed. */
  open(): void {
    this.querySelector("dialog")?.showModal();
  }

  protected override render() {
    return html`<dialog class="help" aria-labelledby="help-title" @click=${this.#outside}>
      <form method="dialog">
        <header>
          <h2 id="help-title">Keys</h2>
          <button class="quiet" aria-label="Close">Close</button>
        </header>
        <dl data-off=${!this.single}>
          ${shortcuts.map(
            ({ keys, what }) =>
              html`<div data-single=${keys.some((key) => key.length === 1)}>
                <dt>${keys.map((key, index) => html`${index > 0 ? " then " : ""}<kbd>${names[key] ?? key}</kbd>`)}</dt>
                <dd>${what}</dd>
              </div>`,
          )}
        </dl>
        <p class="hint">
          In the list the arrow keys lead from batch to batch as well. While you type, keys are only letters.
        </p>
        <label class="check"
          ><input type="checkbox" .checked=${this.single} @change=${this.#choose} />
          <span>Single keys do something</span></label
        >
      </form>
    </dialog>`;
  }

  #choose(event: Event): void {
    this.single = (event.target as HTMLInputElement).checked;
    setSingleKeys(this.single);
  }

  // A click beside it is on the dialog itself.
  #outside(event: MouseEvent): void {
    if (event.target === event.currentTarget) (event.currentTarget as HTMLDialogElement).close();
  }
}

customElements.define("board-help", BoardHelp);
