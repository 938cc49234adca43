// The files of a batch: their metadata, downloads, and a button that opens them on the Files page.
import type { BatchView, FileView } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { formatBytes, pluralize } from "#common/format.js";
import { messageOf } from "#common/thrown.js";
import type { Api } from "../../data/api/api.js";
import { isNotFound } from "../../data/api/api-request.js";
import { type FileFacts, fileContent, fileFacts } from "../../data/api/files.js";
import { announce } from "../../shared/announce-event.js";
import { LightElement } from "../../shared/components/light-element.js";
import { formatDate } from "../../shared/format-time.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { openInFiles, type RequestFocus } from "../../shared/pending-files.js";
import { cancelled, chooseFile, toBlob } from "../../shared/tasks/save-file.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";
import { truncate } from "../../shared/text.js";
import { openTexts } from "./next-action.js";

/** The metadata of a file: requested, received, or refused by the API, which may no longer have the file. */
type FileState =
  | { readonly kind: "loading" }
  | { readonly kind: "loaded"; readonly facts: FileFacts }
  | { readonly kind: "gone" }
  | { readonly kind: "failed"; readonly message: string };

const maxNameLength = 80;

/** The API no longer has the file with an id. */
export class FileGoneEvent extends Event {
  constructor(readonly id: string) {
    super("board-file-gone", { bubbles: true });
  }
}

/** The sentence for a file that the API no longer has. */
export const goneText = ({ label }: FileView): string => `The API no longer has the ${label.toLowerCase()}.`;

/** Shows the files of the batch with the id `batch`. Dispatches `board-file-gone`. */
export class BoardDownloads extends LightElement {
  static override properties = {
    api: { attribute: false },
    batch: {},
    view: { attribute: false },
    states: { state: true },
  };
  declare api: Api;
  declare batch: string;
  declare view: BatchView;
  /** The state of each file, by id. */
  declare states: ReadonlyMap<string, FileState>;
  readonly #task = new Task<true>(this);
  /** The batch that is shown. */
  #shown: string | undefined;

  constructor() {
    super();
    this.states = new Map();
  }

  protected override willUpdate(): void {
    if (this.batch !== this.#shown) {
      this.#shown = this.batch;
      this.#task.reset();
      this.states = new Map();
    }
    for (const { id } of this.view.files) if (!this.states.has(id)) void this.#load(id);
  }

  protected override render(): TemplateResult {
    const { files } = this.view;
    const available = this.#available;
    return html`
      <h3>Files</h3>
      ${
        files.length === 0
          ? html`<p class="hint">No files.</p>`
          : html`<ul class="batch-files">
              ${repeat(
                files,
                ({ id }) => id,
                (file) => this.#row(file),
              )}
            </ul>`
      }
      ${taskView(this.#task)}
      ${
        available.length === 0
          ? nothing
          : html`<p class="actions">
              <button
                type="button"
                class="to-files"
                ?disabled=${this.#busy}
                @click=${() => void this.openRequests({ section: "requests" })}
              >
                ${available.some(({ role }) => role !== "input") ? openTexts.requests : openTexts.input}
              </button>
              <span class="hint">Opens in Files</span>
            </p>`
      }
    `;
  }

  /** The files that the API has not refused. */
  get #available(): readonly FileView[] {
    return this.view.files.filter(({ id }) => !["failed", "gone"].includes(this.states.get(id)?.kind ?? ""));
  }

  get #busy(): boolean {
    return this.#task.state.kind === "running";
  }

  #row(file: FileView): TemplateResult {
    const { id, label } = file;
    const state = this.states.get(id) ?? { kind: "loading" };
    return html`<li>
      <span class="what">${label}</span>
      <span class="which"
        ><code class="id"><bdi>${revealHidden(truncate(id, maxNameLength))}</bdi></code
        >${
          state.kind === "loaded" && state.facts.name !== undefined
            ? html` <bdi class="name">${revealHidden(truncate(state.facts.name, maxNameLength))}</bdi>`
            : nothing
        }</span
      >
      <span class="size">${this.#stateText(state)}</span>
      <button type="button" ?disabled=${state.kind !== "loaded" || this.#busy} @click=${() => void this.save(file)}>
        Download<span class="hidden"> the ${label.toLowerCase()}</span>
      </button>
    </li>`;
  }

  #stateText(state: FileState): TemplateResult | string {
    switch (state.kind) {
      case "loading":
        return "…";
      case "gone":
        return html`<span class="gone" data-tone="warning"><b>Gone:</b> the API no longer has it</span>`;
      case "failed":
        return html`<span class="gone" data-tone="warning"
          ><b>Not available:</b> <bdi>${revealHidden(truncate(state.message, 200))}</bdi></span
        >`;
      case "loaded": {
        const { bytes, expiresAt } = state.facts;
        const size = bytes === undefined ? "unknown size" : bytes === 0 ? "empty" : formatBytes(bytes);
        if (expiresAt === undefined) return size;
        return html`${size}<span class="until">, expires ${formatDate(expiresAt) ?? "on an unknown date"}</span>`;
      }
    }
  }

  async #load(id: string): Promise<void> {
    const { batch } = this;
    this.#setState(id, { kind: "loading" });
    try {
      const facts = await fileFacts(this.api, id);
      if (batch === this.batch) this.#setState(id, { kind: "loaded", facts });
    } catch (error) {
      if (batch !== this.batch) return;
      if (isNotFound(error)) this.#setGone(id);
      else this.#setState(id, { kind: "failed", message: messageOf(error) });
    }
  }

  #setGone(id: string): void {
    this.#setState(id, { kind: "gone" });
    this.dispatchEvent(new FileGoneEvent(id));
  }

  #setState(id: string, state: FileState): void {
    this.states = new Map(this.states).set(id, state);
  }

  #bytesOf(id: string): number | undefined {
    const state = this.states.get(id);
    return state?.kind === "loaded" ? state.facts.bytes : undefined;
  }

  /** Requests the content of a file. Throws an error that says so if the API no longer has the file. */
  async #contentOf(
    file: FileView,
    signal: AbortSignal,
    onBytes: (bytes: number) => void,
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    try {
      return await fileContent(this.api, file.id, signal, onBytes);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      this.#setGone(file.id);
      throw new Error(goneText(file));
    }
  }

  /** Downloads a file. */
  async save(file: FileView): Promise<void> {
    const { id, label } = file;
    const target = await chooseFile(this.#nameOf(file));
    if (target === cancelled) return;
    const saved = await this.#task.run(`Downloading the ${label.toLowerCase()}`, async ({ signal, onProgress }) => {
      const total = this.#bytesOf(id);
      await target(await this.#contentOf(file, signal, (bytes) => onProgress({ bytes, total })), signal);
      return true as const;
    });
    if (saved) announce(this, `Saved the ${label.toLowerCase()}.`);
  }

  /** Opens all files on the Files page, which detects the role of each from its content. */
  async openRequests(focus: RequestFocus): Promise<void> {
    const files = this.#available;
    if (this.#busy) return;
    if (files.length === 0) return announce(this, "The API no longer has the files of this batch.");
    const total = files.reduce((sum, { id }) => sum + (this.#bytesOf(id) ?? 0), 0);
    let downloaded: File[] = [];
    await this.#task.run(
      `Downloading ${pluralize(files.length, "file")}`,
      async ({ signal, onProgress }) => {
        downloaded = [];
        let before = 0;
        for (const file of files) {
          const blob = await toBlob(
            await this.#contentOf(file, signal, (bytes) => onProgress({ bytes: before + bytes, total })),
            signal,
          );
          before += blob.size;
          downloaded.push(new File([blob], this.#nameOf(file), { type: "application/jsonl" }));
        }
        return true as const;
      },
      {
        onDone: () =>
          openInFiles(
            downloaded.filter(({ size }) => size > 0),
            focus,
          ),
      },
    );
  }

  /** Returns a name that every file system accepts, from the file's own name where the API has one. */
  #nameOf({ id, role }: FileView): string {
    const state = this.states.get(id);
    const name = (state?.kind === "loaded" ? state.facts.name : undefined) ?? `${this.batch}_${role}.jsonl`;
    return (
      name
        .replace(/[^\w .-]/g, "_")
        .replace(/^\.+/, "")
        .slice(-120) || `${role}.jsonl`
    );
  }
}

declare global {
  interface HTMLElementEventMap {
    "board-file-gone": FileGoneEvent;
  }
}

customElements.define("board-downloads", BoardDownloads);
