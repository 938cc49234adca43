// All requests of a batch with their verdicts: a filter, an export, the list, and beside it the selected request with
// its response.
import type { Cause, Reconciliation, RequestVerdict } from "batchlight/worker";
import { html, type TemplateResult } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import { announce } from "../../shared/announce-event.js";
import { LightElement } from "../../shared/components/light-element.js";
import type { Action } from "../../shared/page-element.js";
import { cancelled, chooseFile, withSuffix } from "../../shared/tasks/save-file.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";
import { type ExportFormat, exportRequests } from "./request-export.js";
import { RequestLines } from "./request-lines.js";
import "./request-list.js";
import type { FilesRequestList, SelectRequestEvent } from "./request-list.js";
import "./request-view.js";
import type { FilesByRole } from "./result-lines.js";

/** How long the user must stop typing before the search runs, in milliseconds. */
const typingDelay = 120;

/** Shows the `verdicts` of an `outcome`; `files` are the files that they are in, `name` is that of the input file. */
export class FilesRequests extends LightElement {
  static override properties = {
    verdicts: { attribute: false },
    outcome: { attribute: false },
    files: { attribute: false },
    name: {},
    verdict: { state: true },
    text: { state: true },
    selected: { state: true },
  };
  declare verdicts: readonly RequestVerdict[];
  declare outcome: Reconciliation;
  declare files: FilesByRole;
  declare name: string;
  /** The verdict to show; `undefined` shows all. */
  declare verdict: RequestVerdict["verdict"] | undefined;
  /** A part of the custom_ids or of the messages of the causes to show. */
  declare text: string;
  /** The index of the selected request among those that are shown. */
  declare selected: number;
  readonly #export = new Task<true>(this);
  #found: readonly RequestVerdict[] = [];
  #counts = new Map<RequestVerdict["verdict"], number>();
  #causes: ReadonlyMap<Cause["id"], Cause> = new Map();
  #lines: RequestLines | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = "";
    this.selected = 0;
    this.addEventListener("files-select-request", ({ index }: SelectRequestEvent) => (this.selected = index));
  }

  /** Performs an action of a keyboard shortcut; returns `false` where it does not apply. */
  handleAction(action: Action): boolean {
    if (action === "search") this.querySelector<HTMLElement>("input[type=search]")?.focus();
    else if (action === "next" || action === "previous") this.#move(action === "next" ? 1 : -1);
    else return false;
    return true;
  }

  /** Scrolls the requests into view. */
  async reveal(): Promise<void> {
    await this.updateComplete;
    this.scrollIntoView({ block: "start" });
    this.#list?.focusList();
  }

  /** Shows the request with a custom_id among all requests. */
  async show(customId: string): Promise<void> {
    const index = this.verdicts.findIndex(({ custom_id }) => custom_id === customId);
    if (index < 0) return;
    const search = this.querySelector<HTMLInputElement>("input[type=search]");
    if (search) search.value = "";
    [this.text, this.verdict] = ["", undefined];
    await this.updateComplete;
    this.selected = index;
    await this.reveal();
    announce(this, `Request ${customId}.`);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("verdicts")) {
      this.#counts = new Map();
      for (const { verdict } of this.verdicts) this.#counts.set(verdict, (this.#counts.get(verdict) ?? 0) + 1);
      this.#causes = new Map(this.outcome.causes.map((cause) => [cause.id, cause]));
      this.#lines = new RequestLines(this.files);
      if (this.verdict && !this.#counts.has(this.verdict)) this.verdict = undefined;
    }
    if (!["verdicts", "verdict", "text"].some((name) => changed.has(name))) return;
    const { verdict: wanted } = this;
    const text = this.text.trim().toLowerCase();
    const matching = new Set(
      [...this.#causes.values()].filter(({ message }) => message.toLowerCase().includes(text)).map(({ id }) => id),
    );
    this.#found = this.verdicts.filter(
      ({ verdict, custom_id, cause }) =>
        (wanted === undefined || verdict === wanted) &&
        (text === "" || custom_id.toLowerCase().includes(text) || (cause !== undefined && matching.has(cause))),
    );
    this.selected = 0;
  }

  protected override render(): TemplateResult {
    const found = this.#found;
    const selected = found[this.selected];
    return html`<section class="requests" aria-labelledby="requests-title">
      <header class="requests-head">
        <h3 id="requests-title">Requests and responses</h3>
        <p class="actions">
          <span class="hint"
            >Export ${found.length === this.verdicts.length ? "all" : "the"} ${pluralize(found.length, "request")}</span
          >
          <button type="button" ?disabled=${found.length === 0} @click=${() => void this.#save("jsonl")}>
            <span class="hidden">Export as </span>JSONL
          </button>
          <button type="button" ?disabled=${found.length === 0} @click=${() => void this.#save("csv")}>
            <span class="hidden">Export as </span>CSV
          </button>
        </p>
      </header>
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
            placeholder="custom_id or reason"
            spellcheck="false"
            autocomplete="off"
            @input=${this.#onInput}
        /></label>
      </search>
      ${taskView(this.#export)}
      ${
        selected === undefined
          ? html`<p class="none">No matching requests.</p>`
          : html`<div class="requests-split">
              <files-request-list
                .verdicts=${found}
                .causes=${this.#causes}
                .selected=${this.selected}
              ></files-request-list>
              <nav class="request-pages" aria-label="Requests">
                <button type="button" aria-disabled=${this.selected === 0} @click=${() => this.#move(-1)}>
                  Previous
                </button>
                <span>${formatNumber(this.selected + 1)} of ${formatNumber(found.length)}</span>
                <button
                  type="button"
                  aria-disabled=${this.selected === found.length - 1}
                  @click=${() => this.#move(1)}
                >
                  Next
                </button>
              </nav>
              <files-request
                .verdict=${selected}
                .cause=${selected.cause === undefined ? undefined : this.#causes.get(selected.cause)}
                .lines=${this.#lines}
                .fileName=${this.files.input.length > 1 ? this.files.input[selected.shard ?? -1]?.file.name : undefined}
              >
              </files-request>
            </div>`
      }
    </section>`;
  }

  #option(verdict: RequestVerdict["verdict"] | undefined, text: string, count: number): TemplateResult {
    return html`<label class="option" data-verdict=${verdict ?? "all"}>
      <input
        type="radio"
        name="verdict"
        .checked=${this.verdict === verdict}
        @change=${() => void this.#select(verdict)}
      />
      <span>${text} <span class="many">${formatNumber(count)}</span></span>
    </label>`;
  }

  async #select(verdict: RequestVerdict["verdict"] | undefined): Promise<void> {
    this.verdict = verdict;
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
  #move(offset: 1 | -1): void {
    const index = this.selected + offset;
    const { custom_id } = this.#found[index] ?? {};
    if (custom_id === undefined) return;
    this.selected = index;
    if (!this.#list?.contains(document.activeElement)) announce(this, `Request ${custom_id}.`);
  }

  get #list(): FilesRequestList | null {
    return this.querySelector<FilesRequestList>("files-request-list");
  }

  async #save(format: ExportFormat): Promise<void> {
    const lines = this.#lines;
    const name = withSuffix(this.name, this.verdict ?? "requests").replace(/\.[^.]*$/, `.${format}`);
    const target = await chooseFile(name);
    if (target === cancelled || !lines) return;
    const saved = await this.#export.run(`Saving ${name}`, async ({ signal }) => {
      await target(exportRequests(format, { verdicts: this.#found, causes: this.#causes, lines, signal }), signal);
      return true as const;
    });
    if (saved) announce(this, `Saved ${pluralize(this.#found.length, "request")}.`);
  }
}

customElements.define("files-requests", FilesRequests);
