// A button that copies a text.
import { html } from "lit";
import { say } from "../announce-event.js";
import { LightElement } from "./light-element.js";

/** For how many milliseconds the button says that it has copied. */
const thanks = 1500;

/** Copies its `text`; `what` names it for those who do not see where the button stands. */
export class BoardCopy extends LightElement {
  static override properties = { text: {}, what: {}, done: { state: true } };
  declare text: string;
  declare what: string;
  declare done: boolean;

  protected override render() {
    return html`<button type="button" class="copy" @click=${this.#copy}>
      ${this.done ? "copied" : "copy id"}<bdi class="hidden"> ${this.what}</bdi>
    </button>`;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
    } catch {
      say(this, "the browser did not allow copying; select the text and copy it by hand");
      return;
    }
    say(this, `copied ${this.what}`);
    this.done = true;
    setTimeout(() => (this.done = false), thanks);
  }
}

customElements.define("board-copy", BoardCopy);
