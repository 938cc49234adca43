// The files of a batch: what there is, and the way to the disk or to the page for files.
import type { BatchView, FileView } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Api } from "../../data/api/api.js";
import { wordsOf } from "../../data/api/api-request.js";
import { type FileFacts, fileContent, fileFacts } from "../../data/api/files.js";
import { LightElement } from "../../shared/components/light-element.js";
import { handOver } from "../../shared/pending-files.js";
import { say } from "../../shared/announce-event.js";
import { declined, gather, target } from "../../shared/tasks/save-file.js";
import { sized } from "../../shared/tasks/sizes.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";
import { dateOf, grouped, shorten } from "../../shared/text.js";
import { visible } from "../../shared/hidden-characters.js";

/** What is known of a file: asked for, told, or refused. */
type Told =
  | { readonly kind: "asking" }
  | { readonly kind: "told"; readonly facts: FileFacts }
  | { readonly kind: "refused"; readonly why: string };

const mostOfAName = 80;

/** The files of the batch with the id `batch`. */
export class BoardDownloads extends LightElement {
  static override properties = {
    api: { attribute: false },
    batch: {},
    view: { attribute: false },
    told: { state: true },
  };
  declare api: Api;
  declare batch: string;
  declare view: BatchView;
  declare told: ReadonlyMap<string, Told>;
  readonly #task = new Task<true>(this);
  #of: string | undefined;

  constructor() {
    super();
    this.told = new Map();
  }

  protected override willUpdate(): void {
    if (this.batch !== this.#of) {
      this.#of = this.batch;
      this.#task.reset();
      this.told = new Map();
    }
    for (const { id } of this.view.files) if (!this.told.has(id)) void this.#ask(id);
  }

  protected override render(): TemplateResult {
    const { files } = this.view;
    const there = files.filter(({ id }) => this.told.get(id)?.kind !== "refused");
    return html`
      <h3>Files</h3>
      ${
        files.length === 0
          ? html`<p class="hint">It names no file.</p>`
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
        there.length === 0
          ? nothing
          : html`<p class="actions">
              <button type="button" class="to-files" ?disabled=${this.#busy} @click=${() => void this.#open(there)}>
                ${
                  there.some(({ kind }) => kind !== "input")
                    ? "See what became of each request"
                    : "Check the input file"
                }
              </button>
              <span class="hint">Opens ${there.length === 1 ? "it" : "them"} on the page for files.</span>
            </p>`
      }
    `;
  }

  get #busy(): boolean {
    return this.#task.state.kind === "running";
  }

  #row(file: FileView): TemplateResult {
    const { id, label } = file;
    const told = this.told.get(id) ?? { kind: "asking" };
    return html`<li>
      <span class="what">${label}</span>
      <span class="which"
        ><code class="id"><bdi>${visible(shorten(id, mostOfAName))}</bdi></code
        >${
          told.kind === "told" && told.facts.name !== undefined
            ? html` <bdi class="name">${visible(shorten(told.facts.name, mostOfAName))}</bdi>`
            : nothing
        }</span
      >
      <span class="size">${this.#state(told)}</span>
      <button type="button" ?disabled=${told.kind !== "told" || this.#busy} @click=${() => void this.#save(file)}>
        Download<span class="hidden"> the ${label.toLowerCase()}</span>
      </button>
    </li>`;
  }

  #state(told: Told): TemplateResult | string {
    switch (told.kind) {
      case "asking":
        return "…";
      case "refused":
        return html`<span class="gone" data-tone="warning"
          ><b>not there:</b> <bdi>${visible(shorten(told.why, 200))}</bdi></span
        >`;
      case "told": {
        const { bytes, expiresAt } = told.facts;
        const size = bytes === undefined ? "size not told" : bytes === 0 ? "empty" : sized(bytes);
        if (expiresAt === undefined) return size;
        const date = dateOf(expiresAt);
        return html`${size}<span class="until">, until ${date ? day.format(date) : "an unknown date"}</span>`;
      }
    }
  }

  async #ask(id: string): Promise<void> {
    const { batch } = this;
    this.#tell(id, { kind: "asking" });
    try {
      const facts = await fileFacts(this.api, id);
      if (batch === this.batch) this.#tell(id, { kind: "told", facts });
    } catch (error) {
      if (batch === this.batch) this.#tell(id, { kind: "refused", why: wordsOf(error) });
    }
  }

  #tell(id: string, told: Told): void {
    this.told = new Map(this.told).set(id, told);
  }

  #bytesOf(id: string): number | undefined {
    const told = this.told.get(id);
    return told?.kind === "told" ? told.facts.bytes : undefined;
  }

  async #save({ id, kind, label }: FileView): Promise<void> {
    const name = this.#nameOf(id, kind);
    const where = await target(name);
    if (where === declined) return;
    const saved = await this.#task.run(`Downloading ${label.toLowerCase()}`, async ({ signal, onProgress }) => {
      const total = this.#bytesOf(id);
      await where(await fileContent(this.api, id, signal, (bytes) => onProgress({ bytes, total })), signal);
      return true as const;
    });
    if (saved) say(this, `The ${label.toLowerCase()} is saved.`);
  }

  /** Opens files on the page for files, which tells each by what is in it. */
  async #open(files: readonly FileView[]): Promise<void> {
    const total = files.reduce((sum, { id }) => sum + (this.#bytesOf(id) ?? 0), 0);
    const held: File[] = [];
    const opened = await this.#task.run(
      `Downloading ${grouped(files.length)} ${files.length === 1 ? "file" : "files"}`,
      async ({ signal, onProgress }) => {
        let before = 0;
        for (const { id, kind } of files) {
          const blob = await gather(
            await fileContent(this.api, id, signal, (bytes) => onProgress({ bytes: before + bytes, total })),
            signal,
          );
          before += blob.size;
          held.push(new File([blob], this.#nameOf(id, kind), { type: "application/jsonl" }));
        }
        return true as const;
      },
    );
    if (opened) handOver(held.filter(({ size }) => size > 0));
  }

  /** A name that a disk takes: the file's own where it has one. */
  #nameOf(id: string, kind: string): string {
    const told = this.told.get(id);
    const name = (told?.kind === "told" ? told.facts.name : undefined) ?? `${this.batch}_${kind}.jsonl`;
    return (
      name
        .replace(/[^\w .-]/g, "_")
        .replace(/^\.+/, "")
        .slice(-120) || `${kind}.jsonl`
    );
  }
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

customElements.define("board-downloads", BoardDownloads);
