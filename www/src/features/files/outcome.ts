// The results of a batch matched with its input: totals, causes, retry, merged results, and a verdict per request.
import type { ProfileName } from "batchlight";
import { type Reconciliation, type RequestVerdict, reconcile } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import { announce } from "../../shared/announce-event.js";
import { icon } from "../../shared/components/icon.js";
import { LightElement } from "../../shared/components/light-element.js";
import { resultBar } from "../../shared/components/result-bar.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import type { RequestFocus } from "../../shared/pending-files.js";
import { cancelled, chooseFile } from "../../shared/tasks/save-file.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";
import { causeSection } from "./cause-section.js";
import type { LoadedFile } from "./file-role.js";
import { type FilesByRole, resultLines } from "./result-lines.js";
import { resultStatus } from "./result-status.js";
import "./retry-panel.js";
import { usageTable } from "./usage-table.js";
import "./requests.js";
import type { FilesRequests } from "./requests.js";

/** A reconciliation, with its verdicts as an array for the table. */
interface Outcome {
  readonly reconciliation: Reconciliation;
  readonly verdicts: readonly RequestVerdict[];
}

/** Shows the results of `inputs` in `outputs` and `errors`. */
export class FilesOutcome extends LightElement {
  static override properties = {
    inputs: { attribute: false },
    outputs: { attribute: false },
    errors: { attribute: false },
    focused: { attribute: false },
    profile: {},
    batch: { state: true },
  };
  declare inputs: readonly LoadedFile[];
  declare outputs: readonly LoadedFile[];
  declare errors: readonly LoadedFile[];
  /** What to show first. */
  declare focused: RequestFocus;
  /** The provider that failed requests are sent to again. */
  declare profile: ProfileName;
  /** The JSON of the batch to compare with; empty when there is none. */
  declare batch: string;
  #outcome = new Task<Outcome>(this);
  #merge = new Task<true>(this);
  /** The files and roles that are shown. */
  #key = "";
  /** The batch that is shown. */
  #comparedBatch = "";

  constructor() {
    super();
    this.batch = "";
  }

  protected override willUpdate(): void {
    const key = [...this.inputs, ...this.outputs, ...this.errors].map(({ key, role }) => `${key} ${role}`).join();
    const sameFiles = key === this.#key;
    if (sameFiles && this.batch === this.#comparedBatch) return;
    this.#key = key;
    this.#comparedBatch = this.batch;
    void this.#run(sameFiles);
  }

  protected override render(): TemplateResult {
    const outcome = this.#outcome.result;
    const status = resultStatus(outcome?.reconciliation);
    const resultFiles = this.outputs.length + this.errors.length;
    return html`
      <section class="report outcome" data-tone=${status.tone} aria-labelledby="outcome-title">
        <div class="band head">
          <div class="aside">
            <h2 id="outcome-title" tabindex="-1" data-after-task>
              ${outcome ? icon(status.icon) : nothing}<span>${status.title}</span>
            </h2>
            <p>From ${pluralize(this.inputs.length, "input file")} and ${pluralize(resultFiles, "result file")}.</p>
          </div>
          <div class="main">${taskView(this.#outcome)} ${outcome ? this.#details(outcome) : nothing}</div>
        </div>
        ${
          outcome
            ? html`<files-requests
                .verdicts=${outcome.verdicts}
                .outcome=${outcome.reconciliation}
                .files=${this.#files}
                .name=${this.#name}
              ></files-requests>`
            : nothing
        }
      </section>
    `;
  }

  /** Shows the part of the results that the user asked for on another page. */
  async #showFocus(): Promise<void> {
    const { section, customId } = this.focused;
    if (section === undefined) return;
    await this.updateComplete;
    if (customId !== undefined) this.#showRequest(customId);
    else if (section === "requests") await this.#requests?.reveal();
    else this.querySelector("files-retry")?.scrollIntoView({ block: "center" });
  }

  #showRequest = (customId: string): void => void this.#requests?.show(customId);

  get #requests(): FilesRequests | null {
    return this.querySelector<FilesRequests>("files-requests");
  }

  get #files(): FilesByRole {
    return { input: this.inputs, output: this.outputs, error: this.errors };
  }

  /** The name of the input file. */
  get #name(): string {
    return this.inputs[0]?.file.name ?? "requests.jsonl";
  }

  #details({ reconciliation, verdicts }: Outcome): TemplateResult {
    const { causes, usage, malformed, withoutCustomId, duplicates, conflicts, unknownLines } = reconciliation;
    const files = this.#files;
    return html`
      <p class="summary">${summaryText(reconciliation)}</p>
      ${resultBar(reconciliation)} ${totals(reconciliation)} ${causeSection(causes, this.#showRequest)}
      <files-retry
        .outcome=${reconciliation}
        .verdicts=${verdicts}
        .name=${this.#name}
        .profile=${this.profile}
      ></files-retry>
      <div class="actions">
        <button type="button" @click=${() => this.#saveMerged(reconciliation)}>Save results in input order</button>
        <span class="hint">One file with the best result of each request</span>
      </div>
      ${taskView(this.#merge)}
      ${resultLines(malformed, "line is not a request or result", "lines are not requests or results", files)}
      ${resultLines(withoutCustomId, "line has no custom_id", "lines have no custom_id", files)}
      ${resultLines(duplicates, "line repeats a custom_id", "lines repeat a custom_id", files)}
      ${resultLines(conflicts, "request has conflicting results", "requests have conflicting results", files)}
      ${resultLines(unknownLines, "result matches no request", "results match no request", files)} ${usageTable(usage)}
      ${this.#batchComparison(reconciliation)}
    `;
  }

  #batchComparison({ countIssues }: Reconciliation): TemplateResult {
    return html`<details class="batch-object">
      <summary>Compare with the batch’s counts</summary>
      <label for="outcome-batch">Batch object, as JSON</label>
      <textarea
        id="outcome-batch"
        rows="4"
        spellcheck="false"
        autocomplete="off"
        autocapitalize="off"
        .value=${this.batch}
        @change=${(event: Event) => (this.batch = (event.target as HTMLTextAreaElement).value)}
      ></textarea>
      ${this.batch.trim() !== "" && countIssues.length === 0 ? html`<p>The counts agree.</p>` : nothing}
      <ul class="issues">
        ${countIssues.map(
          ({ code, level, message, help }) =>
            html`<li class="issue" data-level=${level}>
              <span class="level">${level}</span>
              <p class="message">${revealHidden(message)}</p>
              <p class="help">${help} <code>${code}</code></p>
            </li>`,
        )}
      </ul>
    </details>`;
  }

  async #run(keepResult: boolean): Promise<void> {
    const filesOf = (loaded: readonly LoadedFile[]): File[] => loaded.map(({ file }) => file);
    const count = this.inputs.length + this.outputs.length + this.errors.length;
    const outcome = await this.#outcome.run(
      `Matching ${pluralize(count, "file")}`,
      async (options) => {
        const batch = this.batch.trim() === "" ? {} : { batch: this.batch };
        const reconciliation = await reconcile(
          { input: filesOf(this.inputs), output: filesOf(this.outputs), error: filesOf(this.errors) },
          { ...batch, ...options },
        );
        const verdicts: RequestVerdict[] = [];
        for await (const verdict of reconciliation.verdicts()) verdicts.push(verdict);
        return { reconciliation, verdicts };
      },
      { keepResult },
    );
    if (outcome && !keepResult) void this.#showFocus();
    if (outcome)
      announce(this, `${resultStatus(outcome.reconciliation).title}. ${summaryText(outcome.reconciliation)}`);
  }

  async #saveMerged(reconciliation: Reconciliation): Promise<void> {
    const target = await chooseFile("results.jsonl");
    if (target === cancelled) return;
    const saved = await this.#merge.run("Saving the results", async ({ signal }) => {
      await target(reconciliation.merge(), signal);
      return true as const;
    });
    if (saved) announce(this, "Saved the results.");
  }
}

/** The totals of a reconciliation, with their labels in the singular and the plural. */
const labels = {
  succeeded: ["succeeded", "succeeded"],
  incomplete: ["incomplete", "incomplete"],
  failed: ["failed", "failed"],
  missing: ["has no result", "have no result"],
  duplicate: ["has duplicate results", "have duplicate results"],
  conflicting: ["has conflicting results", "have conflicting results"],
  unknown: ["result matches no request", "results match no request"],
} as const;

type Total = keyof typeof labels;

/** The totals that are shown even when they are zero. */
const alwaysShown: readonly string[] = ["succeeded", "failed", "missing"] satisfies Total[];

const labelOf = (name: Total, count: number): string => labels[name][count === 1 ? 0 : 1];

function summaryText(reconciliation: Reconciliation): string {
  const names: readonly Total[] = ["succeeded", "incomplete", "failed", "missing"];
  const parts = names
    .filter((name) => name === "succeeded" || reconciliation[name] > 0)
    .map((name) => `${formatNumber(reconciliation[name])} ${labelOf(name, reconciliation[name])}`);
  return `${pluralize(reconciliation.requests, "request")}: ${parts.join(", ")}.`;
}

function totals(reconciliation: Reconciliation): TemplateResult {
  const names = Object.keys(labels) as Total[];
  return html`<dl class="totals">
    ${names
      .filter((name) => alwaysShown.includes(name) || reconciliation[name] > 0)
      .map(
        (name) =>
          html`<div data-verdict=${name}>
            <dt>${labelOf(name, reconciliation[name])}</dt>
            <dd>${formatNumber(reconciliation[name])}</dd>
          </div>`,
      )}
  </dl>`;
}

customElements.define("files-outcome", FilesOutcome);
