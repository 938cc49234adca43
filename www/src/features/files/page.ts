// The page for files: what was dropped, what is wrong with it, and what became of it.
import { profiles, type ProfileName } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { LightElement } from "../../shared/components/light-element.js";
import { announce } from "../../shared/announce-event.js";
import { pluralize, truncate } from "../../shared/text.js";
import type { FilesAddEvent } from "./add-files-event.js";
import { takePendingFiles } from "../../shared/pending-files.js";
import { detectRole, roleNames, type LoadedFile, type FileRole } from "./file-role.js";
import { samples } from "./samples.js";
import { formatBytes } from "../../shared/tasks/sizes.js";
import { revealHiddenAsText, revealHidden } from "../../shared/hidden-characters.js";
import "./digest.js";
import "./outcome.js";
import "./input-report.js";

const mostOfAName = 80;

/** What can be had here, for those who have just come. */
const offers = html`
  <ul class="offers">
    <li>
      <h3>Before you send</h3>
      <p>Every line is read, every fault shown where it stands, with what the server would call it and what to do.</p>
    </li>
    <li>
      <h3>Fix and split</h3>
      <p>A copy without what can be fixed safely; shards within every limit, byte for byte.</p>
    </li>
    <li>
      <h3>When results are back</h3>
      <p>What became of each request, why some failed, and a file of just those to send again.</p>
    </li>
  </ul>
`;

/** The page for files. */
export class BoardFiles extends LightElement {
  static override properties = { held: { state: true }, profile: { state: true }, over: { state: true } };
  declare held: readonly LoadedFile[];
  declare profile: ProfileName;
  declare over: boolean;
  #made = 0;

  constructor() {
    super();
    this.held = [];
    this.profile = "openai";
    this.over = false;
    this.addEventListener("files-add", (event: FilesAddEvent) => void this.#add(event.files, event.replaced));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("dragover", this.#drag);
    addEventListener("dragleave", this.#leave);
    addEventListener("drop", this.#drop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("dragover", this.#drag);
    removeEventListener("dragleave", this.#leave);
    removeEventListener("drop", this.#drop);
  }

  /** Called when an address has led here: files of another page may wait. */
  navigated(): void {
    const files = takePendingFiles();
    if (files.length > 0) void this.#try(files);
  }

  protected override render() {
    const of = (role: FileRole): readonly LoadedFile[] => this.held.filter((held) => held.role === role);
    const [inputs, outputs, errors] = [of("input"), of("output"), of("error")];
    const results = outputs.length + errors.length > 0;
    return html`
      <section class="desk band" aria-labelledby="desk-title">
        <div class="aside">
          <h2 id="desk-title">Drop your files</h2>
          <p id="desk-help">
            The input file before you send it. Later the same file with its output and error files, to see what became
            of each request.
          </p>
          <p class="promise" id="desk-promise">Nothing leaves this page.</p>
          <p>Your files are read here, on your machine, by a worker that may not connect to anything.</p>
        </div>
        <div class="main">
          ${this.#zone()}
          <p class="tools">
            <span>No file at hand? Try</span>
            ${samples.map(
              ({ name, files }) => html`<button type="button" @click=${() => void this.#try(files())}>${name}</button>`,
            )}
          </p>
          ${this.held.length === 0 ? nothing : this.#list()}
          <div class="tools">
            <label for="files-profile">Check by the rules of</label>
            <select id="files-profile" aria-describedby="files-profile-about" @change=${this.#choose}>
              ${profiles.map(
                ({ name }) => html`<option value=${name} ?selected=${name === this.profile}>${name}</option>`,
              )}
            </select>
            <span id="files-profile-about">${profiles.find(({ name }) => name === this.profile)?.summary}</span>
          </div>
          ${this.held.length === 0 ? offers : nothing}
        </div>
      </section>
      ${
        results && inputs.length > 0
          ? html`<files-outcome .inputs=${inputs} .outputs=${outputs} .errors=${errors}></files-outcome>`
          : nothing
      }
      ${
        results && inputs.length === 0
          ? html`<files-digest .results=${[...outputs, ...errors]}></files-digest>`
          : nothing
      }
      ${repeat(
        inputs,
        ({ key }) => key,
        (held) => html`<files-report .held=${held} .profile=${this.profile} .quiet=${results}></files-report>`,
      )}
    `;
  }

  #zone(): TemplateResult {
    return html`
      <div class="zone" data-over=${this.over} data-small=${this.held.length > 0}>
        <input
          type="file"
          id="files-choose"
          multiple
          aria-describedby="desk-help desk-promise"
          @change=${this.#chosen}
        />
        <label for="files-choose">
          <svg aria-hidden="true" viewBox="0 0 32 32" width="32" height="32">
            <path d="M9 4h10l6 6v18H9Z M19 4v6h6 M17 14.5v8.5 M13.5 19.5 17 23l3.5-3.5" />
          </svg>
          <span
            ><b>${this.held.length === 0 ? "Drop files here, or choose them" : "Drop or choose more files"}</b>
            <span class="hint">.jsonl, of any size</span></span
          >
        </label>
      </div>
    `;
  }

  #list(): TemplateResult {
    return html`
      <ul class="held-files" aria-label="Files">
        ${repeat(
          this.held,
          ({ key }) => key,
          (held) =>
            html`<li>
              <bdi class="name">${revealHidden(truncate(held.file.name, mostOfAName))}</bdi>
              <span class="size">${formatBytes(held.file.size)}</span>
              <label
                ><span class="hidden">What is <bdi>${revealHidden(truncate(held.file.name, mostOfAName))}</bdi>?</span>
                <select
                  @change=${(event: Event) => this.#recast(held, (event.target as HTMLSelectElement).value as FileRole)}
                >
                  ${Object.entries(roleNames).map(
                    ([role, name]) => html`<option value=${role} ?selected=${role === held.role}>${name}</option>`,
                  )}
                </select>
              </label>
              <button type="button" @click=${() => this.#remove(held)}>
                Remove<bdi class="hidden"> ${revealHidden(truncate(held.file.name, mostOfAName))}</bdi>
              </button>
            </li>`,
        )}
      </ul>
    `;
  }

  #drag = (event: DragEvent): void => {
    if (this.hidden || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.over = true;
  };

  #leave = (event: DragEvent): void => {
    // Only when the pointer leaves the window, not each thing in it.
    if (event.relatedTarget === null) this.over = false;
  };

  #drop = (event: DragEvent): void => {
    this.over = false;
    if (this.hidden || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    void this.#add([...event.dataTransfer.files]);
  };

  #chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // So that the same file can be chosen again, after it was changed.
    input.value = "";
    void this.#add(files);
  }

  #choose(event: Event): void {
    const chosen = (event.target as HTMLSelectElement).value;
    this.profile = profiles.find(({ name }) => name === chosen)?.name ?? this.profile;
  }

  /** A sample stands alone, and so does a batch: mixed with other files they would only confuse. */
  async #try(files: readonly File[]): Promise<void> {
    this.held = [];
    await this.#add(files);
  }

  async #add(files: readonly File[], replaced?: LoadedFile): Promise<void> {
    if (files.length === 0) return;
    const added = await Promise.all(
      files.map(async (file): Promise<LoadedFile> => {
        const key = `file-${this.#made++}`;
        // A file that cannot be read is shown as what most are; its report says why.
        return { key, file, role: replaced?.role ?? (await detectRole(file).catch(() => "input" as const)) };
      }),
    );
    this.held = [...this.held.filter((held) => held !== replaced), ...added];
    const [only] = added;
    announce(
      this,
      added.length === 1 && only
        ? `${revealHiddenAsText(truncate(only.file.name, mostOfAName))} added as ${roleNames[only.role]}.`
        : `${pluralize(added.length, "file")} added.`,
    );
  }

  #recast(held: LoadedFile, role: FileRole): void {
    this.held = this.held.map((each) => (each === held ? { ...each, role } : each));
  }

  #remove(removed: LoadedFile): void {
    this.held = this.held.filter((held) => held !== removed);
    announce(this, `${revealHiddenAsText(truncate(removed.file.name, mostOfAName))} removed.`);
    this.querySelector<HTMLElement>("#files-choose")?.focus();
  }
}

customElements.define("board-files", BoardFiles);
