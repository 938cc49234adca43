// Which requests to send again: by verdict, or by cause.
import { writeRetry, type Cause, type Reconciliation, type RequestVerdict } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { LightElement } from "../../shared/components/light-element.js";
import { announce } from "../../shared/announce-event.js";
import { pluralize, formatNumber, truncate } from "../../shared/text.js";
import { declined, named, target } from "../../shared/tasks/save-file.js";
import { Task } from "../../shared/tasks/task.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { taskView } from "../../shared/tasks/task-view.js";

/** Writes the requests of an `outcome` that are to be sent again. */
export class FilesRetry extends LightElement {
  static override properties = {
    outcome: { attribute: false },
    verdicts: { attribute: false },
    name: {},
    causes: { state: true },
    missing: { state: true },
  };
  declare outcome: Reconciliation;
  declare verdicts: readonly RequestVerdict[];
  declare name: string;
  /** The causes chosen, by id. */
  declare causes: ReadonlySet<Cause["id"]>;
  /** Whether requests without a result are chosen. */
  declare missing: boolean;
  #save = new Task<true>(this);

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("outcome")) return;
    // What may succeed when it is sent again as it is.
    this.causes = new Set(this.outcome.causes.filter(({ retry }) => retry !== "permanent").map(({ id }) => id));
    this.missing = this.outcome.missing > 0;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { outcome } = this;
    if (outcome.failed + outcome.missing === 0) return nothing;
    const many = this.verdicts.filter(this.#wanted).length;
    const preset = (text: string, wanted: (cause: Cause) => boolean, missing: boolean) =>
      html`<button type="button" @click=${() => this.#choose(outcome.causes.filter(wanted), missing)}>${text}</button>`;
    return html`
      <fieldset class="retry-choice">
        <legend>Send again</legend>
        <p class="tools">
          ${preset("all that failed", () => true, true)}
          ${preset("only what may pass as it is", ({ retry }) => retry !== "permanent", true)}
          ${preset("nothing", () => false, false)}
        </p>
        <ul>
          ${
            outcome.missing === 0
              ? nothing
              : html`<li>
                  <label class="check"
                    ><input
                      type="checkbox"
                      .checked=${this.missing}
                      @change=${() => (this.missing = !this.missing)}
                    /><span>no result <span class="exact">${formatNumber(outcome.missing)}</span></span></label
                  >
                </li>`
          }
          ${outcome.causes.map(
            (cause) =>
              html`<li>
                <label class="check"
                  ><input
                    type="checkbox"
                    .checked=${this.causes.has(cause.id)}
                    @change=${() => this.#toggle(cause)}
                  /><span
                    ><bdi>${revealHidden(truncate(cause.message, 90))}</bdi>
                    <span class="exact">${cause.retry}, ${formatNumber(cause.count)}</span></span
                  ></label
                >
              </li>`,
          )}
        </ul>
        <div class="actions">
          <button type="button" class="main-action" ?disabled=${many === 0} @click=${this.#write}>
            Save ${pluralize(many, "request")} to send again
          </button>
          <span class="hint">The exact lines of your input file.</span>
        </div>
        ${taskView(this.#save)}
      </fieldset>
    `;
  }

  #wanted = ({ verdict, cause }: RequestVerdict): boolean =>
    verdict === "missing" ? this.missing : cause !== undefined && verdict !== "succeeded" && this.causes.has(cause);

  #choose(causes: readonly Cause[], missing: boolean): void {
    this.causes = new Set(causes.map(({ id }) => id));
    this.missing = missing;
  }

  #toggle({ id }: Cause): void {
    const causes = new Set(this.causes);
    if (!causes.delete(id)) causes.add(id);
    this.causes = causes;
  }

  #write = async (): Promise<void> => {
    const name = named(this.name, "retry");
    const where = await target(name);
    if (where === declined) return;
    const saved = await this.#save.run(`Saving ${name}`, async ({ signal }) => {
      await where(writeRetry(this.outcome, { where: this.#wanted }), signal);
      return true as const;
    });
    if (saved) announce(this, "The retry file is saved.");
  };
}

customElements.define("files-retry", FilesRetry);
