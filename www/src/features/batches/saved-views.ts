// Views of the list that the user has saved in this browser: a search and filters, with a name.
import { html, nothing, type TemplateResult } from "lit";
import { announce } from "../../shared/announce-event.js";
import { ChangeController } from "../../shared/change-controller.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { formatHash } from "../../shared/route.js";
import { Setting, storedStrings } from "../../shared/setting.js";
import { truncate } from "../../shared/text.js";
import { suggestedName } from "./view-name.js";

const maxNameLength = 60;

/** The query of each view, by name. */
const views = new Setting<Readonly<Record<string, string>>>("views", (stored) =>
  Object.fromEntries(storedStrings(stored)),
);

/** A query with its parameters in alphabetical order, to compare queries whose parameters are in any order. */
function sortedQuery(query: URLSearchParams): string {
  const sorted = new URLSearchParams(query);
  sorted.sort();
  return String(sorted);
}

/** Shows the saved views as links, and saves the current `query`. */
export class BoardViews extends LightElement {
  static override properties = { query: { attribute: false }, naming: { state: true } };
  declare query: URLSearchParams;
  /** Whether the user is entering the name of a new view. */
  declare naming: boolean;

  constructor() {
    super();
    this.naming = false;
    new ChangeController(this, views);
  }

  protected override render(): TemplateResult | typeof nothing {
    const all = Object.entries(views.value);
    const current = sortedQuery(this.query);
    const isCurrent = (query: string): boolean => sortedQuery(new URLSearchParams(query)) === current;
    const isSaved = all.some(([, query]) => isCurrent(query));
    if (all.length === 0 && current === "") return nothing;
    return html`<nav class="views" aria-label="Saved views">
      ${
        all.length === 0
          ? nothing
          : html`<ul>
              ${all.map(([name, query]) => this.#view(name, query, isCurrent(query)))}
            </ul>`
      }
      ${
        this.naming
          ? html`<form class="view-name" @submit=${this.#save} @keydown=${this.#onKey}>
              <label for="view-name">Name of this view</label>
              <input id="view-name" maxlength=${maxNameLength} autocomplete="off" required />
              <button>Save</button>
              <button type="button" class="quiet" @click=${() => void this.#stopNaming()}>Don’t save</button>
            </form>`
          : current === "" || isSaved
            ? nothing
            : html`<button type="button" class="quiet save-view" @click=${() => void this.#startNaming()}>
                Save this view…
              </button>`
      }
    </nav>`;
  }

  #view(name: string, query: string, isCurrent: boolean): TemplateResult {
    const shown = revealHidden(truncate(name, maxNameLength));
    return html`<li data-current=${isCurrent}>
      <a
        href=${formatHash({ page: "batches", query: new URLSearchParams(query) })}
        aria-current=${isCurrent ? "true" : nothing}
        ><bdi>${shown}</bdi></a
      ><button type="button" class="quiet" @click=${() => void this.#remove(name)}>
        <span aria-hidden="true">×</span><span class="hidden">Remove the view <bdi>${shown}</bdi></span>
      </button>
    </li>`;
  }

  async #startNaming(): Promise<void> {
    this.naming = true;
    await this.updateComplete;
    const input = this.querySelector<HTMLInputElement>("#view-name");
    if (!input) return;
    input.value = suggestedName(this.query).slice(0, maxNameLength);
    // Typing replaces the suggestion.
    input.select();
  }

  async #stopNaming(): Promise<void> {
    this.naming = false;
    await this.updateComplete;
    this.querySelector<HTMLElement>(".save-view, [aria-current]")?.focus();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    void this.#stopNaming();
  }

  #save(event: SubmitEvent): void {
    event.preventDefault();
    const name = this.querySelector<HTMLInputElement>("#view-name")?.value.trim();
    if (!name) return;
    views.value = { ...views.value, [name]: String(this.query) };
    announce(this, `Saved the view ${name}.`);
    void this.#stopNaming();
  }

  async #remove(name: string): Promise<void> {
    const { [name]: _, ...others } = views.value;
    views.value = others;
    announce(this, `Removed the view ${name}.`);
    await this.updateComplete;
    this.querySelector<HTMLElement>("a, .save-view")?.focus();
  }
}

customElements.define("board-views", BoardViews);
