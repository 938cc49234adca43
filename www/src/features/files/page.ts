// The Files page: the files with their roles, a report per input file, and the results of a batch.
import { type ProfileName, profiles } from "batchlight";
import type { FileRole } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { formatBytes, pluralize } from "#common/format.js";
import { sending } from "../../data/api/sending.js";
import { announce } from "../../shared/announce-event.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHidden, revealHiddenAsText } from "../../shared/hidden-characters.js";
import type { Action } from "../../shared/page-element.js";
import { type RequestFocus, takePendingFiles } from "../../shared/pending-files.js";
import { truncate } from "../../shared/text.js";
import type { AddFilesEvent } from "./add-files-event.js";
import "./digest.js";
import { detectRole, type LoadedFile, roleNames } from "./file-role.js";
import "./input-report.js";
import "./outcome.js";
import type { FilesRequests } from "./requests.js";
import { samples } from "./samples.js";

const maxNameLength = 80;

/** What the page can do, shown while it has no files. */
const introduction = html`
  <ul class="introduction">
    <li>
      <h3>Before you send</h3>
      <p>Check every line. Each problem is shown where it is, with the server’s error code and how to fix it.</p>
    </li>
    <li>
      <h3>Fix and split</h3>
      <p>Make a copy with safe fixes, or split the file into shards within every limit.</p>
    </li>
    <li>
      <h3>After the batch</h3>
      <p>See the result of each request, why some failed, and save a file with those to retry.</p>
    </li>
  </ul>
`;

/** The Files page. */
export class BoardFiles extends LightElement {
  static override properties = {
    files: { state: true },
    focused: { state: true },
    profile: { state: true },
    dragging: { state: true },
  };
  declare files: readonly LoadedFile[];
  /** What to show first of the results. */
  declare focused: RequestFocus;
  declare profile: ProfileName;
  /** Whether the user is dragging files over the page. */
  declare dragging: boolean;
  /** The number of files added so far, from which keys are made. */
  #added = 0;
  /** How often all files were replaced. */
  #replacements = 0;

  constructor() {
    super();
    this.files = [];
    this.focused = {};
    this.profile = "openai";
    this.dragging = false;
    this.addEventListener("files-add", (event: AddFilesEvent) => void this.#add(event.files, event.replaced));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("dragover", this.#onDragOver);
    addEventListener("dragleave", this.#onDragLeave);
    addEventListener("drop", this.#onDrop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("dragover", this.#onDragOver);
    removeEventListener("dragleave", this.#onDragLeave);
    removeEventListener("drop", this.#onDrop);
  }

  /** Opens the files that another page has left for this one. */
  navigated(): void {
    const { files, focus } = takePendingFiles();
    if (files.length > 0) void this.#replaceAll(files, focus);
  }

  /** Performs an action of a keyboard shortcut; returns `false` where it does not apply. */
  handleAction(action: Action): boolean {
    const requests = this.querySelector<FilesRequests>("files-requests");
    return requests?.handleAction(action) ?? false;
  }

  protected override render() {
    const withRole = (role: FileRole): readonly LoadedFile[] => this.files.filter((loaded) => loaded.role === role);
    const [inputs, outputs, errors] = [withRole("input"), withRole("output"), withRole("error")];
    const hasResults = outputs.length + errors.length > 0;
    return html`
      <section class="desk band" aria-labelledby="desk-title">
        <div class="aside">
          <h2 id="desk-title">Drop your files</h2>
          <p id="desk-help">
            Drop an input file to check it before you send it. Later, add its output and error files to see the result
            of each request.
          </p>
          <p class="promise" id="desk-promise">
            ${sending.allowed ? "Nothing leaves this page until you send it." : "Nothing leaves this page."}
          </p>
          <p>Your files are read on your machine, in a worker that cannot access the network.</p>
        </div>
        <div class="main">
          ${this.#dropArea()}
          <p class="tools">
            <span>No file at hand? Try</span>
            ${samples.map(
              ({ name, files }) =>
                html`<button type="button" @click=${() => void this.#replaceAll(files())}>${name}</button>`,
            )}
          </p>
          ${this.files.length === 0 ? nothing : this.#fileList()}
          <div class="tools">
            <label for="files-profile">Provider</label>
            <select id="files-profile" aria-describedby="files-profile-about" @change=${this.#onProfile}>
              ${profiles.map(
                ({ name }) => html`<option value=${name} ?selected=${name === this.profile}>${name}</option>`,
              )}
            </select>
            <span id="files-profile-about">${profiles.find(({ name }) => name === this.profile)?.summary}</span>
          </div>
          ${this.files.length === 0 ? introduction : nothing}
        </div>
      </section>
      ${
        hasResults && inputs.length > 0
          ? html`<files-outcome
              .inputs=${inputs}
              .outputs=${outputs}
              .errors=${errors}
              .focused=${this.focused}
              .profile=${this.profile}
            ></files-outcome>`
          : nothing
      }
      ${
        hasResults && inputs.length === 0
          ? html`<files-digest .results=${[...outputs, ...errors]}></files-digest>`
          : nothing
      }
      ${repeat(
        inputs,
        ({ key }) => key,
        (loaded) => html`<files-report .loaded=${loaded} .profile=${this.profile} .quiet=${hasResults}></files-report>`,
      )}
    `;
  }

  #dropArea(): TemplateResult {
    return html`
      <div class="drop-area" data-dragging=${this.dragging} data-small=${this.files.length > 0}>
        <input
          type="file"
          id="files-choose"
          multiple
          aria-describedby="desk-help desk-promise"
          @change=${this.#onChoose}
        />
        <label for="files-choose">
          <svg aria-hidden="true" viewBox="0 0 32 32" width="32" height="32">
            <path d="M9 4h10l6 6v18H9Z M19 4v6h6 M17 14.5v8.5 M13.5 19.5 17 23l3.5-3.5" />
          </svg>
          <span
            ><b>${this.files.length === 0 ? "Drop files here, or choose them" : "Drop or choose more files"}</b>
            <span class="hint">.jsonl, any size</span></span
          >
        </label>
      </div>
    `;
  }

  #fileList(): TemplateResult {
    return html`
      <ul class="loaded-files" aria-label="Files">
        ${repeat(
          this.files,
          ({ key }) => key,
          (loaded) => this.#fileItem(loaded),
        )}
      </ul>
    `;
  }

  #fileItem(loaded: LoadedFile): TemplateResult {
    const name = revealHidden(truncate(loaded.file.name, maxNameLength));
    return html`<li>
      <bdi class="name">${name}</bdi>
      <span class="size">${formatBytes(loaded.file.size)}</span>
      <label
        ><span class="hidden">Role of <bdi>${name}</bdi></span>
        <select
          @change=${(event: Event) => this.#setRole(loaded, (event.target as HTMLSelectElement).value as FileRole)}
        >
          ${Object.entries(roleNames).map(
            ([role, roleName]) => html`<option value=${role} ?selected=${role === loaded.role}>${roleName}</option>`,
          )}
        </select>
      </label>
      <button type="button" @click=${() => this.#remove(loaded)}>
        Remove<bdi class="hidden"> ${name}</bdi>
      </button>
    </li>`;
  }

  #onDragOver = (event: DragEvent): void => {
    if (this.hidden || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.dragging = true;
  };

  #onDragLeave = (event: DragEvent): void => {
    // The event also occurs between elements; without a related target, the pointer has left the window.
    if (event.relatedTarget === null) this.dragging = false;
  };

  #onDrop = (event: DragEvent): void => {
    this.dragging = false;
    if (this.hidden || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    void this.#add([...event.dataTransfer.files]);
  };

  #onChoose(event: Event): void {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // Without a reset, choosing the same file again would dispatch no event.
    input.value = "";
    void this.#add(files);
  }

  #onProfile(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.profile = profiles.find(({ name }) => name === value)?.name ?? this.profile;
  }

  /** Replaces all files, because the files of a sample or of a batch do not belong to others. */
  async #replaceAll(files: readonly File[], focus: RequestFocus = {}): Promise<void> {
    this.#replacements++;
    this.files = [];
    this.focused = focus;
    await this.#add(files);
  }

  /** Adds files, unless all files are replaced before the roles of these are known. */
  async #add(files: readonly File[], replaced?: LoadedFile): Promise<void> {
    if (files.length === 0) return;
    const replacements = this.#replacements;
    const added = await Promise.all(
      files.map(async (file): Promise<LoadedFile> => {
        const key = `file-${this.#added++}`;
        // A file that cannot be read becomes an input file, whose report shows the error.
        return { key, file, role: replaced?.role ?? (await detectRole(file).catch(() => "input" as const)) };
      }),
    );
    if (replacements !== this.#replacements) return;
    this.files = [...this.files.filter((loaded) => loaded !== replaced), ...added];
    const [only] = added;
    announce(
      this,
      added.length === 1 && only
        ? `Added ${revealHiddenAsText(truncate(only.file.name, maxNameLength))} as ${roleNames[only.role]}.`
        : `Added ${pluralize(added.length, "file")}.`,
    );
  }

  #setRole(changed: LoadedFile, role: FileRole): void {
    this.files = this.files.map((loaded) => (loaded === changed ? { ...loaded, role } : loaded));
  }

  #remove(removed: LoadedFile): void {
    this.files = this.files.filter((loaded) => loaded !== removed);
    announce(this, `Removed ${revealHiddenAsText(truncate(removed.file.name, maxNameLength))}.`);
    this.querySelector<HTMLElement>("#files-choose")?.focus();
  }
}

customElements.define("board-files", BoardFiles);
