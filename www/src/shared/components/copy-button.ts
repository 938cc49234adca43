// A button that copies a string.
import { html } from "lit";
import { announce } from "../announce-event.js";
import { LightElement } from "./light-element.js";

/** How long the button confirms the copy, in milliseconds. */
const confirmation = 1500;

/** Copies its `text`, an id; `label` is the id as screen readers read it. */
export class BoardCopy extends LightElement {
  static override properties = { text: {}, label: {}, copied: { state: true } };
  declare text: string;
  declare label: string;
  declare copied: boolean;

  protected override render() {
    return html`<button type="button" class="copy" @click=${this.#copy}>
      ${this.copied ? "Copied" : "Copy id"}<bdi class="hidden"> ${this.label}</bdi>
    </button>`;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
    } catch {
      announce(this, "The browser blocked copying. Select the text and copy it yourself.");
      return;
    }
    announce(this, `Copied id ${this.label}.`);
    this.copied = true;
    setTimeout(() => (this.copied = false), confirmation);
  }
}

customElements.define("board-copy", BoardCopy);
