// The panel that fixes an input file: it previews the changes, and makes the fixed copy on request.
import { type FixReport, fixInput } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import { announce } from "../../shared/announce-event.js";
import { collapsibleList } from "../../shared/components/collapsible-list.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHidden, revealHiddenAsText } from "../../shared/hidden-characters.js";
import { cancelled, chooseFile, type SaveTarget, toBlob, withSuffix } from "../../shared/tasks/save-file.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";
import { truncate } from "../../shared/text.js";
import { AddFilesEvent } from "./add-files-event.js";
import type { LoadedFile } from "./file-role.js";

const maxShown = 8;
const nothingToFix = "Nothing can be fixed automatically.";

/** Fixes a `loaded` input file. */
export class FilesFix extends LightElement {
  static override properties = { loaded: { attribute: false }, assignIds: { state: true } };
  declare loaded: LoadedFile;
  /** Whether requests without a custom_id get one. */
  declare assignIds: boolean;
  #preview = new Task<FixReport>(this);
  #fix = new Task<FixReport>(this);

  constructor() {
    super();
    this.assignIds = false;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("loaded") || changed.has("assignIds")) void this.#runPreview();
  }

  protected override render(): TemplateResult {
    const { result } = this.#preview;
    return html`
      <p>Makes a copy with safe fixes only. Your file stays unchanged.</p>
      <label class="check"
        ><input
          type="checkbox"
          .checked=${this.assignIds}
          @change=${(event: Event) => (this.assignIds = (event.target as HTMLInputElement).checked)}
        />
        Add missing custom_ids</label
      >
      ${taskView(this.#preview)} ${result ? this.#changes(result) : nothing} ${taskView(this.#fix)}
    `;
  }

  #changes({ changed, changes, counts }: FixReport): TemplateResult {
    if (!changed) return html`<p class="state-line" tabindex="-1" data-after-task>${nothingToFix}</p>`;
    return html`
      <div class="changes">
        <h3 tabindex="-1" data-after-task>Changes</h3>
        <ul class="counts">
          ${counts.map(({ code, count }) => html`<li><code>${code}</code> ${pluralize(count, "time")}</li>`)}
        </ul>
        ${collapsibleList(
          changes,
          maxShown,
          ({ line, message }) =>
            html`<li>
              <span class="place">Line ${formatNumber(line)}</span> <bdi>${revealHidden(truncate(message, 400))}</bdi>
            </li>`,
        )}
      </div>
      <div class="actions">
        <button type="button" class="main-action" @click=${this.#save}>Save fixed file</button>
        <button type="button" @click=${this.#use}>Use fixed file</button>
      </div>
    `;
  }

  async #runPreview(): Promise<void> {
    const { file } = this.loaded;
    const { assignIds } = this;
    const report = await this.#preview.run(`Reading ${this.#name()}`, async (options) => {
      const { stream, report } = fixInput(file, { assignIds, ...options });
      await stream.pipeTo(new WritableStream(), { signal: options.signal });
      return report;
    });
    if (!report) return;
    const total = report.counts.reduce((sum, { count }) => sum + count, 0);
    announce(this, report.changed ? `${pluralize(total, "change")} to make.` : nothingToFix);
  }

  #save = async (): Promise<void> => {
    const target = await chooseFile(withSuffix(this.loaded.file.name, "fixed"));
    if (target !== cancelled) await this.#runFix(target);
  };

  #use = async (): Promise<void> => {
    const { loaded } = this;
    let fixed: Blob | undefined;
    const done = await this.#runFix(async (bytes, signal) => {
      fixed = await toBlob(bytes, signal);
    });
    if (done && fixed)
      this.dispatchEvent(
        new AddFilesEvent(
          [new File([fixed], withSuffix(loaded.file.name, "fixed"), { type: loaded.file.type })],
          loaded,
        ),
      );
  };

  async #runFix(target: SaveTarget): Promise<boolean> {
    const { file } = this.loaded;
    const { assignIds } = this;
    const report = await this.#fix.run(`Fixing ${this.#name()}`, async (options) => {
      const { stream, report } = fixInput(file, { assignIds, ...options });
      // Both are awaited, so that an error of either is reported.
      const [result] = await Promise.all([report, target(stream, options.signal)]);
      return result;
    });
    if (report) announce(this, `${pluralize(report.requests, "request")} written.`);
    return report !== undefined;
  }

  #name = (): string => revealHiddenAsText(truncate(this.loaded.file.name, 80));
}

customElements.define("files-fix", FilesFix);
