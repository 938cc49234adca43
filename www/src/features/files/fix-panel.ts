// Fixing an input file: what would change is shown first, the copy is made when somebody wants it.
import { fixInput, type FixReport } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { collapsibleList } from "../../shared/components/collapsible-list.js";
import { LightElement } from "../../shared/components/light-element.js";
import { announce } from "../../shared/announce-event.js";
import { pluralize, formatNumber, truncate } from "../../shared/text.js";
import { FilesAddEvent } from "./add-files-event.js";
import type { LoadedFile } from "./file-role.js";
import { declined, gather, named, target, type Target } from "../../shared/tasks/save-file.js";
import { Task } from "../../shared/tasks/task.js";
import { revealHiddenAsText, revealHidden } from "../../shared/hidden-characters.js";
import { taskView } from "../../shared/tasks/task-view.js";

const shownAtOnce = 8;

/** Fixes a `held` input file. */
export class FilesFix extends LightElement {
  static override properties = { held: { attribute: false }, assign: { state: true } };
  declare held: LoadedFile;
  declare assign: boolean;
  #look = new Task<FixReport>(this);
  #make = new Task<FixReport>(this);

  constructor() {
    super();
    this.assign = false;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("held") || changed.has("assign")) void this.#preview();
  }

  protected override render(): TemplateResult {
    const { result } = this.#look;
    return html`
      <p>Only what can be fixed without guessing is changed, and only in a copy.</p>
      <label class="check"
        ><input
          type="checkbox"
          .checked=${this.assign}
          @change=${(event: Event) => (this.assign = (event.target as HTMLInputElement).checked)}
        />
        Give requests without custom_id one</label
      >
      ${taskView(this.#look)} ${result ? this.#changes(result) : nothing} ${taskView(this.#make)}
    `;
  }

  #changes({ changed, changes, counts }: FixReport): TemplateResult {
    if (!changed)
      return html`<p class="state-line" tabindex="-1" data-after-task>
        There is nothing that could be fixed without guessing.
      </p>`;
    return html`
      <div class="changes">
        <h3 tabindex="-1" data-after-task>What the copy changes</h3>
        <ul class="counts">
          ${counts.map(({ code, count }) => html`<li><code>${code}</code> ${pluralize(count, "time")}</li>`)}
        </ul>
        ${collapsibleList(
          changes,
          shownAtOnce,
          ({ line, message }) =>
            html`<li>
              <span class="place">Line ${formatNumber(line)}</span> <bdi>${revealHidden(truncate(message, 400))}</bdi>
            </li>`,
        )}
      </div>
      <div class="actions">
        <button type="button" class="main-action" @click=${this.#save}>Save fixed file</button>
        <button type="button" @click=${this.#replace}>Use fixed file</button>
      </div>
    `;
  }

  async #preview(): Promise<void> {
    const { file } = this.held;
    const { assign } = this;
    const report = await this.#look.run(`Reading ${this.#name()}`, async (options) => {
      const { stream, report } = fixInput(file, { assignIds: assign, ...options });
      await stream.pipeTo(new WritableStream(), { signal: options.signal });
      return report;
    });
    if (report)
      announce(
        this,
        report.changed
          ? `The copy would have ${pluralize(
              report.counts.reduce((sum, { count }) => sum + count, 0),
              "change",
            )}.`
          : "There is nothing that could be fixed without guessing.",
      );
  }

  #save = async (): Promise<void> => {
    const where = await target(named(this.held.file.name, "fixed"));
    if (where !== declined) await this.#fix(where, "Fixing");
  };

  #replace = async (): Promise<void> => {
    const { held } = this;
    let fixed: Blob | undefined;
    const done = await this.#fix(async (bytes, signal) => {
      fixed = await gather(bytes, signal);
    }, "Fixing");
    if (done && fixed)
      this.dispatchEvent(
        new FilesAddEvent([new File([fixed], named(held.file.name, "fixed"), { type: held.file.type })], held),
      );
  };

  async #fix(where: Target, what: string): Promise<boolean> {
    const { file } = this.held;
    const { assign } = this;
    const report = await this.#make.run(`${what} ${this.#name()}`, async (options) => {
      const { stream, report } = fixInput(file, { assignIds: assign, ...options });
      // Both are waited for: whichever fails is the reason.
      const [told] = await Promise.all([report, where(stream, options.signal)]);
      return told;
    });
    if (report) announce(this, `${pluralize(report.requests, "request")} written.`);
    return report !== undefined;
  }

  #name = (): string => revealHiddenAsText(truncate(this.held.file.name, 80));
}

customElements.define("files-fix", FilesFix);
