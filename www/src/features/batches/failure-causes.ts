// Why requests failed, or the whole file: grouped, in plain words, with what to do. All of it the package says, from
// the batch's own files.
import type { BatchView, FileView } from "batchlight";
import { type Cause, checkInput, digestResults, type InputIssue } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import type { Api } from "../../data/api/api.js";
import { fileContent, fileFacts } from "../../data/api/files.js";
import { LightElement } from "../../shared/components/light-element.js";
import { reasonList } from "../../shared/components/server-errors.js";
import { causeList } from "../../shared/components/cause-list.js";
import { sized } from "../../shared/tasks/sizes.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";
import { counted } from "../../shared/text.js";
import { visible } from "../../shared/hidden-characters.js";

/** A file up to this size is read without being asked to, in bytes. */
const small = 4 << 20;

/** How many issues of a code are looked through for what to do about them. */
const keep = 100;

/** What was read. */
type Read =
  | { readonly kind: "results"; readonly causes: readonly Cause[] }
  | { readonly kind: "input"; readonly issues: readonly InputIssue[] };

/** Why the batch with the id `batch` was rejected, or its requests failed. Shows nothing where nothing went wrong. */
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
  /** The file that is not read without being asked to: it is large, or nobody knows how large. */
  declare unread: { readonly bytes: number | undefined } | undefined;
  readonly #task = new Task<Read>(this);
  #of: string | undefined;

  protected override willUpdate(): void {
    const file = this.#file;
    this.hidden = file === undefined && this.view.errors.length === 0;
    const of = file && `${this.batch} ${file.id}`;
    if (of === this.#of) return;
    this.#of = of;
    this.#task.reset();
    this.unread = undefined;
    if (file) void this.#begin(file);
  }

  protected override render(): TemplateResult | typeof nothing {
    const file = this.#file;
    if (this.hidden) return nothing;
    const { result } = this.#task;
    return html`
      <h3>${this.view.errors.length > 0 ? "Why it was rejected" : "Why requests failed"}</h3>
      ${reasonList(this.view, (code) => (result?.kind === "input" ? helps(result.issues, code) : nothing))}
      ${
        result?.kind === "results"
          ? result.causes.length > 0
            ? html`<div class="causes">${causeList(result.causes)}</div>`
            : html`<p class="hint">The error file tells of no failure.</p>`
          : nothing
      }
      ${taskView(this.#task)}
      ${
        file && this.unread
          ? html`<p>
              <button type="button" @click=${() => void this.#read(file)}>
                Read the
                ${file.label.toLowerCase()}${
                  this.unread.bytes === undefined ? nothing : `, ${sized(this.unread.bytes)}`
                }
              </button>
            </p>`
          : nothing
      }
    `;
  }

  /** The file that says why: of a rejected batch the input, of another the failures. */
  get #file(): FileView | undefined {
    const { errors, files, terminal } = this.view;
    const wanted = errors.length > 0 ? "input" : "error";
    return terminal ? files.find(({ kind }) => kind === wanted) : undefined;
  }

  async #begin(file: FileView): Promise<void> {
    const of = this.#of;
    // A server that says nothing of its files may still give them.
    const bytes = (await fileFacts(this.api, file.id).catch(() => undefined))?.bytes;
    if (of !== this.#of) return;
    if (bytes === undefined || bytes > small) this.unread = { bytes };
    else await this.#read(file);
  }

  async #read({ id, kind, label }: FileView): Promise<void> {
    this.unread = undefined;
    await this.#task.run(`Reading the ${label.toLowerCase()}`, async ({ signal, onProgress }): Promise<Read> => {
      const total = (await fileFacts(this.api, id, signal).catch(() => undefined))?.bytes;
      const bytes = await fileContent(this.api, id, signal, (bytes) => onProgress({ bytes, total }));
      if (kind === "error") return { kind: "results", causes: (await digestResults(bytes, { signal })).causes };
      const { profile } = this.api;
      return { kind: "input", issues: (await checkInput(bytes, { signal, profile, keep })).issues };
    });
  }
}

/** What to do about a code, as the check of the input file says; each help once, with the lines it is for. */
function helps(issues: readonly InputIssue[], code: string): TemplateResult | typeof nothing {
  const byHelp = new Map<string, InputIssue[]>();
  for (const issue of issues) {
    if (issue.code !== code) continue;
    byHelp.set(issue.help, [...(byHelp.get(issue.help) ?? []), issue]);
  }
  if (byHelp.size === 0) return nothing;
  return html`${[...byHelp].map(
    ([help, [first, ...others]]) =>
      html`<p class="plain">
          <bdi>${visible(first?.message ?? "")}</bdi
          >${others.length > 0 ? html` <span class="many">and ${counted(others.length, "line")} more</span>` : nothing}
        </p>
        <p class="help">${help}</p>`,
  )}`;
}

customElements.define("board-causes", BoardCauses);
