// Every request with its verdict: found by verdict and by id, shown by pages.
import type { Reconciliation, RequestVerdict } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { LightElement } from "../../shared/components/light-element.js";
import { announce } from "../../shared/announce-event.js";
import { pluralize, formatNumber, truncate } from "../../shared/text.js";
import type { LoadedFile } from "./file-role.js";
import { revealHidden } from "../../shared/hidden-characters.js";

/** How many rows a page has. */
const pageSize = 50;

/** How long typing must rest, in milliseconds, before it is searched for. */
const rest = 120;

const mostOfAnId = 120;

/** The verdicts of the requests, in input order. */
export class FilesVerdicts extends LightElement {
  static override properties = {
    verdicts: { attribute: false },
    outcome: { attribute: false },
    inputs: { attribute: false },
    chosen: { state: true },
    text: { state: true },
    page: { state: true },
  };
  declare verdicts: readonly RequestVerdict[];
  declare outcome: Reconciliation;
  declare inputs: readonly LoadedFile[];
  declare chosen: RequestVerdict["verdict"] | undefined;
  declare text: string;
  declare page: number;
  #found: readonly RequestVerdict[] = [];
  #counts = new Map<RequestVerdict["verdict"], number>();
  #causes = new Map<number, string>();
  /** Whether a request has more than one result. */
  #repeated = false;
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
      this.#repeated = this.verdicts.some(({ attempts }) => attempts > 1);
      this.#causes = new Map(this.outcome.causes.map(({ id, message }) => [id, message]));
      if (this.chosen && !this.#counts.has(this.chosen)) this.chosen = undefined;
    }
    if (!["verdicts", "chosen", "text"].some((name) => changed.has(name))) return;
    const { chosen, text } = this;
    this.#found = this.verdicts.filter(
      ({ verdict, custom_id }) => (chosen === undefined || verdict === chosen) && custom_id.includes(text),
    );
    this.page = 0;
  }

  protected override render(): TemplateResult {
    const found = this.#found;
    const pages = Math.max(1, Math.ceil(found.length / pageSize));
    const rows = found.slice(this.page * pageSize, (this.page + 1) * pageSize);
    const several = this.inputs.length > 1;
    return html`
      <search class="finder">
        <fieldset>
          <legend class="hidden">Show</legend>
          ${this.#option(undefined, "all", this.verdicts.length)}
          ${[...this.#counts].map(([verdict, many]) => this.#option(verdict, verdict, many))}
        </fieldset>
        <label class="find"
          ><span>Find</span
          ><input
            type="search"
            placeholder="a custom_id, or a part of one"
            spellcheck="false"
            autocomplete="off"
            @input=${this.#type}
        /></label>
      </search>
      ${
        rows.length === 0
          ? html`<p class="none">No request is like that.</p>`
          : html`<div class="scroller" role="region" aria-label="Requests" tabindex="0">
              <table class="verdicts">
                <thead>
                  <tr>
                    ${several ? html`<th scope="col">File</th>` : nothing}
                    <th scope="col" class="number">Line</th>
                    <th scope="col">custom_id</th>
                    <th scope="col" class="number">Status</th>
                    ${this.#repeated ? html`<th scope="col" class="number">Results</th>` : nothing}
                    <th scope="col">Verdict</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows.map((row) => this.#row(row, several))}
                </tbody>
              </table>
            </div>`
      }
      ${
        pages === 1
          ? nothing
          : html`<nav class="pages" aria-label="Pages of requests">
              <button type="button" aria-disabled=${this.page === 0} @click=${() => this.#go(this.page - 1, pages)}>
                Previous
              </button>
              <span>Page ${formatNumber(this.page + 1)} of ${formatNumber(pages)}</span>
              <button
                type="button"
                aria-disabled=${this.page === pages - 1}
                @click=${() => this.#go(this.page + 1, pages)}
              >
                Next
              </button>
            </nav>`
      }
    `;
  }

  #row(
    { custom_id, line, shard, verdict, statusCode, attempts, cause }: RequestVerdict,
    several: boolean,
  ): TemplateResult {
    const why = cause === undefined ? undefined : this.#causes.get(cause);
    return html`<tr data-verdict=${verdict}>
      ${
        several ? html`<td><bdi>${revealHidden(truncate(this.inputs[shard ?? -1]?.file.name ?? "", 40))}</bdi></td>` : nothing
      }
      <td class="number">${line === undefined ? nothing : formatNumber(line)}</td>
      <th scope="row">
        <code class="id"><bdi>${revealHidden(truncate(custom_id, mostOfAnId))}</bdi></code>
      </th>
      <td class="number">${statusCode ?? nothing}</td>
      ${this.#repeated ? html`<td class="number">${formatNumber(attempts)}</td>` : nothing}
      <td class="what">
        <span class="verdict-word">${verdict}</span>
        ${why === undefined ? nothing : html`<bdi class="why">${revealHidden(truncate(why, 160))}</bdi>`}
      </td>
    </tr>`;
  }

  #option(verdict: RequestVerdict["verdict"] | undefined, text: string, many: number): TemplateResult {
    return html`<label class="option" data-verdict=${verdict ?? "all"}>
      <input
        type="radio"
        name="verdict"
        .checked=${this.chosen === verdict}
        @change=${() => void this.#choose(verdict)}
      />
      <span>${text} <span class="many">${formatNumber(many)}</span></span>
    </label>`;
  }

  async #choose(verdict: RequestVerdict["verdict"] | undefined): Promise<void> {
    this.chosen = verdict;
    await this.#tell();
  }

  #type(event: InputEvent): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      this.text = (event.target as HTMLInputElement).value;
      await this.#tell();
    }, rest);
  }

  async #tell(): Promise<void> {
    await this.updateComplete;
    announce(this, `${pluralize(this.#found.length, "request")} shown.`);
  }

  // Not disabled but inert at the ends: a button that is disabled under somebody's finger loses the focus.
  #go(page: number, pages: number): void {
    if (page < 0 || page >= pages) return;
    this.page = page;
    announce(this, `Page ${formatNumber(page + 1)} of ${formatNumber(pages)}.`);
  }
}

customElements.define("files-verdicts", FilesVerdicts);
