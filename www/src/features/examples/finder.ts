// The choice of what is shown: a group, and a text to find.
import type { Group } from "batchlight";
import { html } from "lit";
import { LightElement } from "../../shared/components/light-element.js";
import { formatNumber } from "../../shared/text.js";
import { groups, noCounts, type Counts } from "./groups.js";

/** What to show. */
export interface Filter {
  /** One group; all when absent. */
  readonly group: Group | undefined;
  /** What must stand in an entry. */
  readonly text: string;
}

/** Somebody chose. */
export class FilterEvent extends Event {
  constructor(readonly choice: Filter) {
    super("board-filter", { bubbles: true, composed: true });
  }
}

/** The finder. Sends a {@link FilterEvent} for each choice. */
export class BoardFinder extends LightElement {
  static override properties = { counts: { attribute: false }, choice: { attribute: false } };
  /** How many of each group hold the text. */
  declare counts: Counts;
  declare choice: Filter;

  constructor() {
    super();
    this.counts = noCounts;
    this.choice = { group: undefined, text: "" };
  }

  protected override render() {
    const all = groups.reduce((sum, [group]) => sum + this.counts[group], 0);
    return html`
      <search class="finder">
        <fieldset>
          <legend class="hidden">Show</legend>
          ${this.#option(undefined, "All", all)}
          ${groups.map(([group, title]) => this.#option(group, title, this.counts[group]))}
        </fieldset>
        <label class="find">
          <span>Find</span>
          <input
            type="search"
            placeholder="an id, an endpoint, a provider, any text"
            spellcheck="false"
            .value=${this.choice.text}
            @input=${this.#type}
          />
        </label>
      </search>
    `;
  }

  #option(group: Group | undefined, title: string, many: number) {
    return html`<label class="option" data-group=${group ?? "all"}>
      <input type="radio" name="group" .checked=${this.choice.group === group} @change=${() => this.#send({ group })} />
      <span>${title} <span class="many">${formatNumber(many)}</span></span>
    </label>`;
  }

  #type(event: InputEvent): void {
    this.#send({ text: (event.target as HTMLInputElement).value });
  }

  #send(choice: Partial<Filter>): void {
    this.choice = { ...this.choice, ...choice };
    this.dispatchEvent(new FilterEvent(this.choice));
  }
}

customElements.define("board-finder", BoardFinder);

declare global {
  interface HTMLElementEventMap {
    "board-filter": FilterEvent;
  }
}
