// The panel that selects the requests to retry by their causes, and saves them as an input file or sends them.
import type { Cause, Reconciliation, RequestVerdict } from "batchlight/worker";
import { type ProfileName, verdicts } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import { sending } from "../../data/api/sending.js";
import { announce } from "../../shared/announce-event.js";
import { retryLabels } from "../../shared/components/cause-list.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { cancelled, chooseFile, toBlob, withSuffix } from "../../shared/tasks/save-file.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";
import { truncate } from "../../shared/text.js";
import "./send-panel.js";

/** Whether a request can succeed when it is sent again unchanged. */
const isRetryable = ({ retry }: Cause): boolean => retry === "transient";

const isFailure = ({ verdict }: Cause): boolean => verdict === "failed";

/** Saves or sends the requests of an `outcome` that the user wants to retry, for a `profile`. */
export class FilesRetry extends LightElement {
  static override properties = {
    outcome: { attribute: false },
    verdicts: { attribute: false },
    name: {},
    profile: {},
    causes: { state: true },
    missing: { state: true },
    toSend: { state: true },
  };
  declare outcome: Reconciliation;
  declare verdicts: readonly RequestVerdict[];
  declare name: string;
  declare profile: ProfileName;
  /** The ids of the selected causes. */
  declare causes: ReadonlySet<Cause["id"]>;
  /** Whether requests without a result are selected. */
  declare missing: boolean;
  /** The retry file whose plan is shown. */
  declare toSend: File | undefined;
  #save = new Task<true>(this);
  #prepare = new Task<File>(this);

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("outcome")) return;
    this.#select(this.outcome.causes.filter(isRetryable), this.outcome.missing > 0);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { outcome } = this;
    if (outcome.failed + outcome.incomplete + outcome.missing === 0) return nothing;
    const count = this.verdicts.filter(this.#isSelected).length;
    const preset = (text: string, causes: readonly Cause[], missing: boolean) =>
      html`<button type="button" @click=${() => this.#select(causes, missing)}>${text}</button>`;
    return html`
      <fieldset class="retry-choice">
        <legend>Requests to retry</legend>
        <p class="tools">
          ${preset("All failed", outcome.causes.filter(isFailure), true)}
          ${preset("Retryable only", outcome.causes.filter(isRetryable), true)} ${preset("None", [], false)}
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
                      @change=${() => {
                        this.missing = !this.missing;
                        this.#forgetFile();
                      }}
                    /><span>No result <span class="exact">${formatNumber(outcome.missing)}</span></span></label
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
                    <span class="exact">${retryLabels[cause.retry]}, ${formatNumber(cause.count)}</span></span
                  ></label
                >
              </li>`,
          )}
        </ul>
        <div class="actions">
          ${
            sending.allowed
              ? html`<button
                  type="button"
                  class="main-action"
                  ?disabled=${count === 0 || this.toSend !== undefined}
                  @click=${this.#plan}
                >
                  Plan to send ${pluralize(count, "request")}…
                </button>`
              : nothing
          }
          <button
            type="button"
            class=${sending.allowed ? nothing : "main-action"}
            ?disabled=${count === 0}
            @click=${this.#write}
          >
            Save ${pluralize(count, "request")} to retry
          </button>
          <span class="hint">Exact lines of your input file</span>
        </div>
        ${taskView(this.#save)} ${taskView(this.#prepare)}
        ${
          this.toSend
            ? html`<div class="retry-plan">
                <files-send .file=${this.toSend} .profile=${this.profile}></files-send>
              </div>`
            : nothing
        }
      </fieldset>
    `;
  }

  #isSelected = ({ verdict, cause }: RequestVerdict): boolean =>
    verdict === "missing" ? this.missing : cause !== undefined && this.causes.has(cause);

  #select(causes: readonly Cause[], missing: boolean): void {
    this.causes = new Set(causes.map(({ id }) => id));
    this.missing = missing;
    this.#forgetFile();
  }

  #toggle({ id }: Cause): void {
    const causes = new Set(this.causes);
    if (!causes.delete(id)) causes.add(id);
    this.causes = causes;
    this.#forgetFile();
  }

  /** Forgets the file of an earlier selection, also while it is being made. */
  #forgetFile(): void {
    this.#prepare.reset();
    this.toSend = undefined;
  }

  #lines = (): ReadableStream<Uint8Array> => this.outcome.retry({ verdicts, where: this.#isSelected });

  #plan = async (): Promise<void> => {
    const name = withSuffix(this.name, "retry");
    this.toSend = undefined;
    await this.#prepare.run(
      `Selecting the requests of ${name}`,
      async ({ signal }) => new File([await toBlob(this.#lines(), signal)], name, { type: "application/jsonl" }),
      {
        onDone: (file) => {
          this.toSend = file;
        },
      },
    );
  };

  #write = async (): Promise<void> => {
    const name = withSuffix(this.name, "retry");
    const target = await chooseFile(name);
    if (target === cancelled) return;
    const saved = await this.#save.run(`Saving ${name}`, async ({ signal }) => {
      await target(this.#lines(), signal);
      return true as const;
    });
    if (saved) announce(this, "Saved the retry file.");
  };
}

customElements.define("files-retry", FilesRetry);
