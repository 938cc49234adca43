// A table of all requests with their verdicts, filtered by verdict and custom_id, in pages.
import type { Reconciliation, RequestVerdict } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import { announce } from "../../shared/announce-event.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { truncate } from "../../shared/text.js";
import type { LoadedFile } from "./file-role.js";

/** The number of rows per page. */
const pageSize = 50;

/** How long the user must stop typing before the search runs, in milliseconds. */
const typingDelay = 120;

const maxIdLength = 120;

/** Shows the verdicts of all requests, in the order of the input. */
export class FilesVerdicts extends LightElement {
  static override properties = {
    verdicts: { attribute: false },
    outcome: { attribute: false },
    inputs: { attribute: false },
    selected: { state: true },
    text: { state: true },
    page: { state: true },
  };
  declare verdicts: readonly RequestVerdict[];
  declare outcome: Reconciliation;
  declare inputs: readonly LoadedFile[];
  /** The verdict to show; `undefined` shows all. */
  declare selected: RequestVerdict["verdict"] | undefined;
  /** A part of the custom_ids to show. */
  declare text: string;
  /** The index of the page. */
  declare page: number;
  #found: readonly RequestVerdict[] = [];
  #counts = new Map<RequestVerdict["verdict"], number>();
  /** The messages of the causes, by id. */
  #causes = new Map<number, string>();
  /** Whether any request has more than one result. */
  #hasAttempts = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = "";
    this.page = 0;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("verdicts")) {
      this.#counts = new Map();
      for (const { verdict } of this.verdicts) this.#counts.set(verdict, (this.#counts.get(verdict) ?? 0) + 1);
      this.#hasAttempts = this.verdicts.some(({ attempts }) => attempts > 1);
      this.#causes = new Map(this.outcome.causes.map(({ id, message }) => [id, message]));
      if (this.selected && !this.#counts.has(this.selected)) this.selected = undefined;
    }
    if (!["verdicts", "selected", "text"].some((name) => changed.has(name))) return;
    const { selected, text } = this;
    this.#found = this.verdicts.filter(
      ({ verdict, custom_id }) => (selected === undefined || verdict === selected) && custom_id.includes(text),
    );
    this.page = 0;
  }

  protected override render(): TemplateResult {
    const found = this.#found;
    const pages = Math.max(1, Math.ceil(found.length / pageSize));
    const rows = found.slice(this.page * pageSize, (this.page + 1) * pageSize);
    const withFile = this.inputs.length > 1;
    return html`
      <search class="finder">
        <fieldset>
          <legend class="hidden">Show</legend>
          ${this.#option(undefined, "all", this.verdicts.length)}
          ${[...this.#counts].map(([verdict, count]) => this.#option(verdict, verdict, count))}
        </fieldset>
        <label class="find"
          ><span>Find</span
          ><input
            type="search"
            placeholder="custom_id"
            spellcheck="false"
            autocomplete="off"
            @input=${this.#onInput}
        /></label>
      </search>
      ${
        rows.length === 0
          ? html`<p class="none">No matching requests.</p>`
          : html`<div class="scroller" role="region" aria-label="Requests" tabindex="0">
              <table class="verdicts">
                <thead>
                  <tr>
                    ${withFile ? html`<th scope="col">File</th>` : nothing}
                    <th scope="col" class="number">Line</th>
                    <th scope="col">custom_id</th>
                    <th scope="col" class="number">Status</th>
                    ${this.#hasAttempts ? html`<th scope="col" class="number">Results</th>` : nothing}
                    <th scope="col">Verdict</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows.map((row) => this.#row(row, withFile))}
                </tbody>
              </table>
            </div>`
      }
      ${
        pages === 1
          ? nothing
          : html`<nav class="pages" aria-label="Pages of requests">
              <button type="button" aria-disabled=${this.page === 0} @click=${() => this.#goTo(this.page - 1, pages)}>
                Previous
              </button>
              <span>Page ${formatNumber(this.page + 1)} of ${formatNumber(pages)}</span>
              <button
                type="button"
                aria-disabled=${this.page === pages - 1}
                @click=${() => this.#goTo(this.page + 1, pages)}
              >
                Next
              </button>
            </nav>`
      }
    `;
  }

  #row(
    { custom_id, line, shard, verdict, statusCode, attempts, cause }: RequestVerdict,
    withFile: boolean,
  ): TemplateResult {
    const message = cause === undefined ? undefined : this.#causes.get(cause);
    const fileName = this.inputs[shard ?? -1]?.file.name ?? "";
    return html`<tr data-verdict=${verdict}>
      ${withFile ? html`<td><bdi>${revealHidden(truncate(fileName, 40))}</bdi></td>` : nothing}
      <td class="number">${line === undefined ? nothing : formatNumber(line)}</td>
      <th scope="row">
        <code class="id"><bdi>${revealHidden(truncate(custom_id, maxIdLength))}</bdi></code>
      </th>
      <td class="number">${statusCode ?? nothing}</td>
      ${this.#hasAttempts ? html`<td class="number">${formatNumber(attempts)}</td>` : nothing}
      <td class="what">
        <span class="verdict-word">${verdict}</span>
        ${message === undefined ? nothing : html`<bdi class="why">${revealHidden(truncate(message, 160))}</bdi>`}
      </td>
    </tr>`;
  }

  #option(verdict: RequestVerdict["verdict"] | undefined, text: string, count: number): TemplateResult {
    return html`<label class="option" data-verdict=${verdict ?? "all"}>
      <input
        type="radio"
        name="verdict"
        .checked=${this.selected === verdict}
        @change=${() => void this.#select(verdict)}
      />
      <span>${text} <span class="many">${formatNumber(count)}</span></span>
    </label>`;
  }

  async #select(verdict: RequestVerdict["verdict"] | undefined): Promise<void> {
    this.selected = verdict;
    await this.#announceCount();
  }

  #onInput(event: InputEvent): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      this.text = (event.target as HTMLInputElement).value;
      await this.#announceCount();
    }, typingDelay);
  }

  async #announceCount(): Promise<void> {
    await this.updateComplete;
    announce(this, `${pluralize(this.#found.length, "request")} shown.`);
  }

  // The buttons are not disabled at the ends, because a disabled button would lose the focus.
  #goTo(page: number, pages: number): void {
    if (page < 0 || page >= pages) return;
    this.page = page;
    announce(this, `Page ${formatNumber(page + 1)} of ${formatNumber(pages)}.`);
  }
}

customElements.define("files-verdicts", FilesVerdicts);
