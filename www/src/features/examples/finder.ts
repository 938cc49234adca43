// The filter of the examples: a group and a search text.
import type { Group } from "batchlight";
import { elementMessages } from "batchlight/elements";
import { html } from "lit";
import { formatNumber } from "#common/format.js";
import { LightElement } from "../../shared/components/light-element.js";
import { type Counts, groups, noCounts } from "./groups.js";

/** Which entries are shown. */
export interface Filter {
  /** The group; all groups when it is `undefined`. */
  readonly group: Group | undefined;
  /** The words that an entry must contain. */
  readonly text: string;
}

/** Is dispatched when the user changes the filter. */
export class FilterEvent extends Event {
  constructor(readonly filter: Filter) {
    super("board-filter", { bubbles: true, composed: true });
  }
}

/** The controls of the filter. Dispatches a {@link FilterEvent} for each change. */
export class BoardFinder extends LightElement {
  static override properties = { counts: { attribute: false }, filter: { attribute: false } };
  /** The number of entries in each group that match the search text. */
  declare counts: Counts;
  declare filter: Filter;

  constructor() {
    super();
    this.counts = noCounts;
    this.filter = { group: undefined, text: "" };
  }

  protected override render() {
    const all = groups.reduce((sum, [group]) => sum + this.counts[group], 0);
    return html`
      <search class="finder">
        <fieldset>
          <legend class="hidden">${elementMessages["element.group"]}</legend>
          ${this.#option(undefined, elementMessages["element.group.all"], all)}
          ${groups.map(([group, title]) => this.#option(group, title, this.counts[group]))}
        </fieldset>
        <label class="find">
          <span>${elementMessages["element.find"]}</span>
          <input
            type="search"
            placeholder="id, endpoint, provider or any text"
            spellcheck="false"
            .value=${this.filter.text}
            @input=${this.#onInput}
          />
        </label>
      </search>
    `;
  }

  #option(group: Group | undefined, title: string | undefined, count: number) {
    return html`<label class="option" data-group=${group ?? "all"}>
      <input
        type="radio"
        name="group"
        .checked=${this.filter.group === group}
        @change=${() => this.#update({ group })}
      />
      <span>${title} <span class="many">${formatNumber(count)}</span></span>
    </label>`;
  }

  #onInput(event: InputEvent): void {
    this.#update({ text: (event.target as HTMLInputElement).value });
  }

  #update(changes: Partial<Filter>): void {
    this.filter = { ...this.filter, ...changes };
    this.dispatchEvent(new FilterEvent(this.filter));
  }
}

customElements.define("board-finder", BoardFinder);

declare global {
  interface HTMLElementEventMap {
    "board-filter": FilterEvent;
  }
}
