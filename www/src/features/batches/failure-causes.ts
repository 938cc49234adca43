// Why a batch was rejected or its requests failed, with the package's advice, read from the files of the batch.
import type { BatchView, FileView } from "batchlight";
import { type Cause, checkInput, digestResults, type InputIssue } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { formatBytes, pluralize } from "#common/format.js";
import type { Api } from "../../data/api/api.js";
import { fileContent, fileFacts } from "../../data/api/files.js";
import { causeList } from "../../shared/components/cause-list.js";
import { LightElement } from "../../shared/components/light-element.js";
import { serverErrorList } from "../../shared/components/server-errors.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { OpenRequestsEvent } from "../../shared/open-requests-event.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";

/** A file up to this size, in bytes, is read automatically. */
const maxAutomaticBytes = 4 << 20;

/** The number of issues per code that are searched for help. */
const maxIssues = 100;

/** The content of the file that was read. */
type FileResult =
  | { readonly kind: "results"; readonly causes: readonly Cause[] }
  | { readonly kind: "input"; readonly issues: readonly InputIssue[] };

/** Shows why the batch with the id `batch` was rejected or its requests failed. Is hidden when nothing failed. */
export class BoardCauses extends LightElement {
  static override properties = {
    api: { attribute: false },
    batch: {},
    view: { attribute: false },
    unread: { state: true },
  };
  declare api: Api;
  declare batch: string;
  declare view: BatchView;
  /** Set when the file is not read automatically, because it is large or its size is unknown. */
  declare unread: { readonly bytes: number | undefined } | undefined;
  readonly #task = new Task<FileResult>(this);
  /** The batch and the file that are shown. */
  #key: string | undefined;

  protected override willUpdate(): void {
    const file = this.#file;
    this.hidden = file === undefined && this.view.errors.length === 0;
    const key = file && `${this.batch} ${file.id}`;
    if (key === this.#key) return;
    this.#key = key;
    this.#task.reset();
    this.unread = undefined;
    if (file) void this.#readIfSmall(file);
  }

  protected override render(): TemplateResult | typeof nothing {
    const file = this.#file;
    if (this.hidden) return nothing;
    const { result } = this.#task;
    return html`
      <h3>${this.view.errors.length > 0 ? "Why it was rejected" : "Why requests failed"}</h3>
      ${serverErrorList(this.view, (code) => (result?.kind === "input" ? helpFor(result.issues, code) : nothing))}
      ${
        result?.kind === "results"
          ? result.causes.length > 0
            ? html`<div class="causes">${causeList(result.causes, this.#show)}</div>`
            : html`<p class="hint">The error file contains no failed requests.</p>`
          : nothing
      }
      ${taskView(this.#task)}
      ${
        file && this.unread
          ? html`<p>
              <button type="button" @click=${() => void this.#read(file)}>
                Read the
                ${file.label.toLowerCase()}${
                  this.unread.bytes === undefined ? nothing : ` (${formatBytes(this.unread.bytes)})`
                }
              </button>
            </p>`
          : nothing
      }
    `;
  }

  #show = (customId: string): void => void this.dispatchEvent(new OpenRequestsEvent({ section: "requests", customId }));

  /** The file with the reasons: the input file of a rejected batch, otherwise the error file. */
  get #file(): FileView | undefined {
    const { errors, files, terminal } = this.view;
    const role = errors.length > 0 ? "input" : "error";
    return terminal ? files.find((file) => file.role === role) : undefined;
  }

  async #readIfSmall(file: FileView): Promise<void> {
    const key = this.#key;
    // A server may return the content of a file even where it returns no metadata.
    const bytes = (await fileFacts(this.api, file.id).catch(() => undefined))?.bytes;
    if (key !== this.#key) return;
    if (bytes === undefined || bytes > maxAutomaticBytes) this.unread = { bytes };
    else await this.#read(file);
  }

  async #read({ id, role, label }: FileView): Promise<void> {
    this.unread = undefined;
    await this.#task.run(`Reading the ${label.toLowerCase()}`, async ({ signal, onProgress }): Promise<FileResult> => {
      const total = (await fileFacts(this.api, id, signal).catch(() => undefined))?.bytes;
      const bytes = await fileContent(this.api, id, signal, (bytes) => onProgress({ bytes, total }));
      if (role === "error") return { kind: "results", causes: (await digestResults(bytes, { signal })).causes };
      const { profile } = this.api;
      return { kind: "input", issues: (await checkInput(bytes, { signal, profile, maxIssues })).issues };
    });
  }
}

/** Renders the help for an error code, from the check of the input file. Each help is shown once, with its lines. */
function helpFor(issues: readonly InputIssue[], code: string): TemplateResult | typeof nothing {
  const byHelp = new Map<string, InputIssue[]>();
  for (const issue of issues) {
    if (issue.code !== code) continue;
    byHelp.set(issue.help, [...(byHelp.get(issue.help) ?? []), issue]);
  }
  if (byHelp.size === 0) return nothing;
  return html`${[...byHelp].map(
    ([help, [first, ...others]]) =>
      html`<p class="plain">
          <bdi>${revealHidden(first?.message ?? "")}</bdi
          >${
            others.length > 0 ? html` <span class="many">and ${pluralize(others.length, "line")} more</span>` : nothing
          }
        </p>
        <p class="help">${help}</p>`,
  )}`;
}

customElements.define("board-causes", BoardCauses);
