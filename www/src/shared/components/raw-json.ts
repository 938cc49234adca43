// The value itself, as it was read.
import { html, nothing } from "lit";
import { counted, grouped } from "../text.js";
import { LightElement } from "./light-element.js";

/** No more characters than this are shown of a value. */
const most = 20_000;

/** The value behind a fold. Its text is made when somebody opens it: a page has many. */
export class BoardObject extends LightElement {
  static override properties = { value: { attribute: false }, open: { state: true } };
  declare value: unknown;
  declare open: boolean;

  protected override render() {
    return html`<details @toggle=${(event: ToggleEvent) => (this.open = event.newState === "open")}>
      <summary>the value as it was read</summary>
      ${this.open ? this.#text() : nothing}
    </details>`;
  }

  #text() {
    const text = pretty(this.value);
    // A region that scrolls must be reachable by keyboard.
    return html`<pre tabindex="0" role="region" aria-label="the value as it was read">${text.slice(0, most)}</pre>
      ${
        text.length > most ? html`<p>The first ${grouped(most)} of ${counted(text.length, "character")}.</p>` : nothing
      }`;
  }
}

/** A value as indented JSON; a text that is none as it is. */
function pretty(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}

customElements.define("board-object", BoardObject);
