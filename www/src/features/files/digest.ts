// Results without their input file: what is known from them alone.
import { digestResults, type ResultsDigest } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { shape } from "../../shared/components/icon.js";
import { LightElement } from "../../shared/components/light-element.js";
import { announce } from "../../shared/announce-event.js";
import { pluralize, formatNumber } from "../../shared/text.js";
import type { LoadedFile } from "./file-role.js";
import { Task } from "../../shared/tasks/task.js";
import { titledCauses, usageTable } from "../../shared/components/cause-list.js";
import { listed } from "./result-lines.js";
import { standing } from "./result-status.js";
import { taskView } from "../../shared/tasks/task-view.js";

/** What `results` say without the input file they belong to. */
export class FilesDigest extends LightElement {
  static override properties = { results: { attribute: false } };
  declare results: readonly LoadedFile[];
  #digest = new Task<ResultsDigest>(this);
  #of = "";

  protected override willUpdate(): void {
    const of = this.results.map(({ key, role }) => `${key} ${role}`).join();
    if (of === this.#of) return;
    this.#of = of;
    void this.#run();
  }

  protected override render(): TemplateResult {
    const { result } = this.#digest;
    const { tone, icon, title } = result ? standing({ ...result, missing: 0 }) : standing(undefined);
    return html`
      <section class="report outcome" data-tone=${tone} aria-labelledby="digest-title">
        <div class="band head">
          <div class="aside">
            <h2 id="digest-title" tabindex="-1" data-after-task>
              ${result ? shape(icon) : nothing}<span>${title}</span>
            </h2>
            <p>Add the input file to see what became of each request, and to send again what failed.</p>
          </div>
          <div class="main">${taskView(this.#digest)} ${result ? this.#told(result) : nothing}</div>
        </div>
      </section>
    `;
  }

  #told(digest: ResultsDigest): TemplateResult {
    const { statusCodes, errorCodes, causes, usage, malformed, withoutCustomId } = digest;
    const given = { input: [], output: this.results, error: [] };
    const codes = (name: string, all: readonly (readonly [string | number, number])[]) =>
      all.length === 0
        ? nothing
        : html`<div>
            <dt>${name}</dt>
            <dd>
              ${all.map(
                ([code, many]) =>
                  html`<span class="share"
                    ><code><bdi>${code}</bdi></code> <span class="exact">${formatNumber(many)}</span></span
                  >`,
              )}
            </dd>
          </div>`;
    return html`
      <p class="summary">${sentence(digest)}</p>
      <dl class="facts">
        ${codes(
          "Status codes",
          statusCodes.map(({ statusCode, count }) => [statusCode, count]),
        )}
        ${codes(
          "Error codes",
          errorCodes.map(({ code, count }) => [code, count]),
        )}
      </dl>
      ${titledCauses(causes)} ${listed(malformed, "line holds no result", "lines hold no result", given)}
      ${listed(withoutCustomId, "result does not say of which request", "results do not say of which request", given)}
      ${usageTable(usage)}
    `;
  }

  async #run(): Promise<void> {
    const files = this.results.map(({ file }) => file);
    const digest = await this.#digest.run(`Reading ${pluralize(files.length, "results file")}`, (options) =>
      digestResults(files, options),
    );
    if (digest) announce(this, sentence(digest));
  }
}

const sentence = ({ succeeded, failed }: ResultsDigest): string =>
  `${pluralize(succeeded + failed, "result")}: ${formatNumber(succeeded)} succeeded, ${formatNumber(failed)} failed.`;

customElements.define("files-digest", FilesDigest);
