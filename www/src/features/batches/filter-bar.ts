// The filters of the list by status, outcome, model and date.
import { html, nothing, type TemplateResult } from "lit";
import type { StoredBatch } from "../../data/feed/batch-store.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHiddenAsText } from "../../shared/hidden-characters.js";
import { statusName } from "../../shared/status-name.js";
import { truncate } from "../../shared/text.js";
import { dateChoices, type FilterName, filterNames } from "./filter.js";

/** The user has changed filters: their new values, `undefined` for none. */
export class FilterEvent extends Event {
  constructor(readonly values: Readonly<Partial<Record<FilterName, string | undefined>>>) {
    super("batches-filter", { bubbles: true });
  }
}

/** Shows the filters of a `query`, with the values that occur in the `stored` batches. Dispatches `batches-filter`. */
export class BoardFilters extends LightElement {
  static override properties = {
    stored: { attribute: false },
    query: { attribute: false },
    open: { state: true },
  };
  declare stored: readonly StoredBatch[];
  declare query: URLSearchParams;
  /** Whether the filters are shown where there is little space. */
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  protected override render(): TemplateResult {
    const { query, stored } = this;
    const values = (of: (stored: StoredBatch) => string | undefined): readonly string[] =>
      [...new Set(stored.flatMap((each) => of(each) ?? []))].sort();
    const active = filterNames.filter((name) => query.has(name) && name !== "from" && name !== "to").length;
    return html`
      <button
        type="button"
        class="filters-toggle"
        aria-expanded=${this.open}
        aria-controls="filters"
        @click=${() => (this.open = !this.open)}
      >
        Filters${active === 0 ? nothing : ` (${active})`}
      </button>
      <div class="filters" id="filters" data-open=${this.open}>
        ${this.#select(
          "status",
          "Status",
          values(({ view }) => view.knownStatus ?? (view.status || undefined)),
          statusName,
        )}
        ${this.#select(
          "outcome",
          "Outcome",
          values(({ view }) => view.outcome),
          statusName,
        )}
        ${this.#select(
          "model",
          "Model",
          values(({ view }) => view.model),
          (model) => revealHiddenAsText(truncate(model, 40)),
        )}
        ${this.#select("date", "Created", Object.keys(dateChoices), (choice) =>
          choice in dateChoices ? dateChoices[choice as keyof typeof dateChoices] : choice,
        )}
        ${query.get("date") === "between" ? html`${this.#day("from", "From")} ${this.#day("to", "To")}` : nothing}
        ${
          active === 0
            ? nothing
            : html`<button type="button" class="quiet" @click=${this.#clear}>Clear filters</button>`
        }
      </div>
    `;
  }

  #select(
    name: FilterName,
    label: string,
    values: readonly string[],
    textOf: (value: string) => string,
  ): TemplateResult {
    const selected = this.query.get(name) ?? "";
    const all = selected === "" || values.includes(selected) ? values : [selected, ...values];
    return html`<label class="filter"
      ><span>${label}</span>
      <select data-filter=${name} @change=${(event: Event) => this.#change(name, event)}>
        <option value="" .selected=${selected === ""}>Any</option>
        ${all.map((value) => html`<option value=${value} .selected=${value === selected}>${textOf(value)}</option>`)}
      </select></label
    >`;
  }

  #day(name: "from" | "to", label: string): TemplateResult {
    return html`<label class="filter"
      ><span>${label}</span>
      <input
        type="date"
        data-filter=${name}
        .value=${this.query.get(name) ?? ""}
        @change=${(event: Event) => this.#change(name, event)}
    /></label>`;
  }

  #change(name: FilterName, event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLSelectElement;
    const days = name === "date" && value !== "between" ? { from: undefined, to: undefined } : {};
    this.dispatchEvent(new FilterEvent({ ...days, [name]: value || undefined }));
  }

  #clear = async (): Promise<void> => {
    this.dispatchEvent(new FilterEvent(Object.fromEntries(filterNames.map((name) => [name, undefined]))));
    // The button disappears.
    this.querySelector<HTMLElement>("select")?.focus();
  };
}

declare global {
  interface HTMLElementEventMap {
    "batches-filter": FilterEvent;
  }
}

customElements.define("board-filters", BoardFilters);
