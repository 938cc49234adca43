// The raw JSON of a value, in a collapsed section.
import { html, nothing } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import { parseJson } from "#common/json.js";
import { LightElement } from "./light-element.js";

/** The maximum number of characters shown. */
const maxLength = 20_000;

/** Shows a `value` as JSON. The JSON is formatted only when the section is opened: a page has many of them. */
export class BoardRawJson extends LightElement {
  static override properties = { value: { attribute: false }, open: { state: true } };
  declare value: unknown;
  declare open: boolean;

  protected override render() {
    return html`<details @toggle=${(event: ToggleEvent) => (this.open = event.newState === "open")}>
      <summary>Raw JSON</summary>
      ${this.open ? this.#json() : nothing}
    </details>`;
  }

  #json() {
    const text = prettyJson(this.value);
    // A scrollable region must be reachable with the keyboard.
    return html`<pre tabindex="0" role="region" aria-label="Raw JSON">${text.slice(0, maxLength)}</pre>
      ${
        text.length > maxLength
          ? html`<p>First ${formatNumber(maxLength)} of ${pluralize(text.length, "character")}.</p>`
          : nothing
      }`;
  }
}

/** Formats a value as indented JSON. A string that isn't valid JSON stays as it is. */
function prettyJson(value: unknown): string {
  const parsed = typeof value === "string" ? parseJson(value) : value;
  return parsed === undefined ? String(value) : JSON.stringify(parsed, null, 2);
}

customElements.define("board-raw-json", BoardRawJson);
