// The results held against the input: what became of each request, why, and what to send again.
import { mergeResults, reconcile, type Reconciliation, type RequestVerdict } from "batchlight/worker";
import { html, nothing, svg, type TemplateResult } from "lit";
import { shape } from "../../shared/components/icon.js";
import { LightElement } from "../../shared/components/light-element.js";
import { announce } from "../../shared/announce-event.js";
import { pluralize, formatNumber } from "../../shared/text.js";
import type { LoadedFile } from "./file-role.js";
import { declined, target } from "../../shared/tasks/save-file.js";
import { Task } from "../../shared/tasks/task.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { titledCauses, usageTable } from "../../shared/components/cause-list.js";
import { listed } from "./result-lines.js";
import "./retry-panel.js";
import { standing } from "./result-status.js";
import { taskView } from "../../shared/tasks/task-view.js";
import "./verdict-table.js";

/** A reconciliation, and its verdicts as a list that can be searched. */
interface Outcome {
  readonly reconciliation: Reconciliation;
  readonly verdicts: readonly RequestVerdict[];
}

/** What became of the requests of `inputs` by their `outputs` and `errors`. */
export class FilesOutcome extends LightElement {
  static override properties = {
    inputs: { attribute: false },
    outputs: { attribute: false },
    errors: { attribute: false },
    batch: { state: true },
  };
  declare inputs: readonly LoadedFile[];
  declare outputs: readonly LoadedFile[];
  declare errors: readonly LoadedFile[];
  declare batch: string;
  #outcome = new Task<Outcome>(this);
  #merge = new Task<true>(this);
  #of = "";
  #heldAgainst = "";

  constructor() {
    super();
    this.batch = "";
  }

  protected override willUpdate(): void {
    const of = [...this.inputs, ...this.outputs, ...this.errors].map(({ key, role }) => `${key} ${role}`).join();
    const same = of === this.#of;
    if (same && this.batch === this.#heldAgainst) return;
    this.#of = of;
    this.#heldAgainst = this.batch;
    void this.#run(same);
  }

  protected override render(): TemplateResult {
    const outcome = this.#outcome.result;
    const { tone, icon, title } = standing(outcome?.reconciliation);
    return html`
      <section class="report outcome" data-tone=${tone} aria-labelledby="outcome-title">
        <div class="band head">
          <div class="aside">
            <h2 id="outcome-title" tabindex="-1" data-after-task>
              ${outcome ? shape(icon) : nothing}<span>${title}</span>
            </h2>
            <p>
              What became of ${pluralize(this.inputs.length, "input file")} by
              ${pluralize(this.outputs.length + this.errors.length, "results file")}.
            </p>
          </div>
          <div class="main">${taskView(this.#outcome)} ${outcome ? this.#account(outcome) : nothing}</div>
        </div>
        ${
          outcome
            ? html`<div class="band">
                <h3 class="aside">Each request</h3>
                <files-verdicts
                  class="main"
                  .verdicts=${outcome.verdicts}
                  .outcome=${outcome.reconciliation}
                  .inputs=${this.inputs}
                ></files-verdicts>
              </div>`
            : nothing
        }
      </section>
    `;
  }

  #account({ reconciliation, verdicts }: Outcome): TemplateResult {
    const { causes, usage, malformed, withoutCustomId, duplicates, conflicts, unknownLines } = reconciliation;
    const given = { input: this.inputs, output: this.outputs, error: this.errors };
    return html`
      <p class="summary">${sentence(reconciliation)}</p>
      ${bar(reconciliation)} ${totals(reconciliation)} ${titledCauses(causes)}
      <files-retry
        .outcome=${reconciliation}
        .verdicts=${verdicts}
        .name=${this.inputs[0]?.file.name ?? "requests.jsonl"}
      ></files-retry>
      <div class="actions">
        <button type="button" @click=${() => this.#saveMerged(reconciliation)}>Save the results in input order</button>
        <span class="hint">The best result of each request, in one file.</span>
      </div>
      ${taskView(this.#merge)}
      ${listed(malformed, "line holds no request or result", "lines hold no request or result", given)}
      ${listed(withoutCustomId, "line has no custom_id", "lines have no custom_id", given)}
      ${listed(duplicates, "custom_id is used again", "lines use a custom_id again", given)}
      ${listed(conflicts, "request has results that differ", "requests have results that differ", given)}
      ${listed(unknownLines, "result is of no request", "results are of no request", given)} ${usageTable(usage)}
      ${this.#batch(reconciliation)}
    `;
  }

  #batch({ countIssues }: Reconciliation): TemplateResult {
    return html`<details class="batch-object">
      <summary>Hold the totals against the Batch object</summary>
      <label for="outcome-batch">The batch, as the API sent it</label>
      <textarea
        id="outcome-batch"
        rows="4"
        spellcheck="false"
        autocomplete="off"
        autocapitalize="off"
        .value=${this.batch}
        @change=${(event: Event) => (this.batch = (event.target as HTMLTextAreaElement).value)}
      ></textarea>
      ${this.batch.trim() !== "" && countIssues.length === 0 ? html`<p>The totals agree.</p>` : nothing}
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

  async #run(refine: boolean): Promise<void> {
    const files = (held: readonly LoadedFile[]): File[] => held.map(({ file }) => file);
    const what = `Matching ${pluralize(this.inputs.length + this.outputs.length + this.errors.length, "file")}`;
    const outcome = await this.#outcome.run(
      what,
      async (options) => {
        const batch = this.batch.trim() === "" ? {} : { batch: this.batch };
        const reconciliation = await reconcile(
          { input: files(this.inputs), output: files(this.outputs), error: files(this.errors) },
          { ...batch, ...options },
        );
        const verdicts: RequestVerdict[] = [];
        for await (const verdict of reconciliation.verdicts()) verdicts.push(verdict);
        return { reconciliation, verdicts };
      },
      refine,
    );
    if (outcome) announce(this, `${standing(outcome.reconciliation).title}. ${sentence(outcome.reconciliation)}`);
  }

  async #saveMerged(reconciliation: Reconciliation): Promise<void> {
    const where = await target("results.jsonl");
    if (where === declined) return;
    const saved = await this.#merge.run("Saving the results", async ({ signal }) => {
      await where(mergeResults(reconciliation), signal);
      return true as const;
    });
    if (saved) announce(this, "The results are saved.");
  }
}

/** What can become of requests, and what else can stand in results: the words for one and for several. */
const words = {
  succeeded: ["succeeded", "succeeded"],
  failed: ["failed", "failed"],
  missing: ["has no result", "have no result"],
  duplicate: ["has its result twice", "have their result twice"],
  conflicting: ["has results that differ", "have results that differ"],
  unknown: ["result is of no request", "results are of no request"],
} as const;

type Counted = keyof typeof words;

/** Told even where there is none. */
const always: readonly string[] = ["succeeded", "failed", "missing"] satisfies Counted[];

const wordOf = (name: Counted, many: number): string => words[name][many === 1 ? 0 : 1];

function sentence(totals: Reconciliation): string {
  const names: readonly Counted[] = ["succeeded", "failed", "missing"];
  const told = names
    .filter((name) => name === "succeeded" || totals[name] > 0)
    .map((name) => `${formatNumber(totals[name])} ${wordOf(name, totals[name])}`);
  return `Of ${pluralize(totals.requests, "request")}: ${told.join(", ")}.`;
}

function totals(reconciliation: Reconciliation): TemplateResult {
  const names = Object.keys(words) as Counted[];
  return html`<dl class="totals">
    ${names
      .filter((name) => always.includes(name) || reconciliation[name] > 0)
      .map(
        (name) =>
          html`<div data-verdict=${name}>
            <dt>${wordOf(name, reconciliation[name])}</dt>
            <dd>${formatNumber(reconciliation[name])}</dd>
          </div>`,
      )}
  </dl>`;
}

/** The shares as a bar; the totals below it say the same in words. */
function bar({ requests, succeeded, failed }: Reconciliation): TemplateResult | typeof nothing {
  if (requests === 0) return nothing;
  const part = (many: number): string => `${(Math.min(many, requests) / requests) * 100}%`;
  return html`<div class="bar" aria-hidden="true">
    <svg width="100%" height="10">
      <rect class="track" x="0.5" y="0.5" width="100%" height="9" rx="4.5" />
      ${svg`<line class="failed" x1=${part(succeeded)} x2=${part(succeeded + failed)} y1="5" y2="5" />
        <line class="hatch" x1=${part(succeeded)} x2=${part(succeeded + failed)} y1="5" y2="5" />
        <line class="succeeded" x1="0" x2=${part(succeeded)} y1="5" y2="5" />`}
    </svg>
  </div>`;
}

customElements.define("files-outcome", FilesOutcome);
