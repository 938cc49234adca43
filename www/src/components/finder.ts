// The choice of what is shown: a group, and a text to find.
import type { Group } from "batchlight";
import { html } from "lit";
import { groups, noCounts, type Counts } from "../groups.js";
import { grouped } from "../text.js";
import { LightElement } from "./light-element.js";

/** What to show. */
export interface Choice {
  /** One group; all when absent. */
  readonly group: Group | undefined;
  /** What must stand in an entry. */
  readonly text: string;
}

/** Somebody chose. */
export class FindEvent extends Event {
  constructor(readonly choice: Choice) {
    super("board-find", { bubbles: true, composed: true });
  }
}

/** The finder. Sends a {@link FindEvent} for each choice. */
export class BoardFinder extends LightElement {
  static override properties = { counts: { attribute: false }, group: { state: true } };
  /** How many of each group hold the text. */
  declare counts: Counts;
  declare group: Group | undefined;
  #text = "";

  constructor() {
    super();
    this.counts = noCounts;
  }

  protected override render() {
    const all = groups.reduce((sum, [group]) => sum + this.counts[group], 0);
    return html`
      <search class="finder">
        <fieldset>
          <legend class="hidden">Show</legend>
          ${this.#option(undefined, "All", all)} ${groups.map(([group, title]) => this.#option(group, title, this.counts[group]))}
        </fieldset>
        <label class="find">
          <span>Find</span>
          <input type="search" placeholder="an id, an endpoint, a provider, any text" spellcheck="false" @input=${this.#type} />
        </label>
      </search>
    `;
  }

  #option(group: Group | undefined, title: string, many: number) {
    return html`<label class="option" data-group=${group ?? "all"}>
      <input type="radio" name="group" .checked=${this.group === group} @change=${() => this.#choose(group)} />
      <span>${title} <span class="many">${grouped(many)}</span></span>
    </label>`;
  }

  #choose(group: Group | undefined): void {
    this.group = group;
    this.#send();
  }

  #type(event: InputEvent): void {
    this.#text = (event.target as HTMLInputElement).value;
    this.#send();
  }

  #send(): void {
    this.dispatchEvent(new FindEvent({ group: this.group, text: this.#text }));
  }
}

customElements.define("board-finder", BoardFinder);

declare global {
  interface HTMLElementEventMap {
    "board-find": FindEvent;
  }
}
