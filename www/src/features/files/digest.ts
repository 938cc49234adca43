// Results without their input file: totals, codes, causes and tokens.
import { digestResults, type ResultsDigest } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import { announce } from "../../shared/announce-event.js";
import { icon } from "../../shared/components/icon.js";
import { LightElement } from "../../shared/components/light-element.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";
import { causeSection } from "./cause-section.js";
import type { LoadedFile } from "./file-role.js";
import { resultLines } from "./result-lines.js";
import { resultStatus } from "./result-status.js";
import { usageTable } from "./usage-table.js";

/** Shows what `results` contain without their input file. */
export class FilesDigest extends LightElement {
  static override properties = { results: { attribute: false } };
  declare results: readonly LoadedFile[];
  #digest = new Task<ResultsDigest>(this);
  /** The files and roles that are shown. */
  #key = "";

  protected override willUpdate(): void {
    const key = this.results.map(({ key, role }) => `${key} ${role}`).join();
    if (key === this.#key) return;
    this.#key = key;
    void this.#run();
  }

  protected override render(): TemplateResult {
    const { result } = this.#digest;
    const status = resultStatus(result && { ...result, missing: 0 });
    return html`
      <section class="report outcome" data-tone=${status.tone} aria-labelledby="digest-title">
        <div class="band head">
          <div class="aside">
            <h2 id="digest-title" tabindex="-1" data-after-task>
              ${result ? icon(status.icon) : nothing}<span>${status.title}</span>
            </h2>
            <p>Add the input file to see the result of each request and to retry failed requests.</p>
          </div>
          <div class="main">${taskView(this.#digest)} ${result ? this.#details(result) : nothing}</div>
        </div>
      </section>
    `;
  }

  #details(digest: ResultsDigest): TemplateResult {
    const { statusCodes, errorCodes, causes, usage, malformed, withoutCustomId } = digest;
    const files = { input: [], output: this.results, error: [] };
    const codes = (name: string, counts: readonly (readonly [string | number, number])[]) =>
      counts.length === 0
        ? nothing
        : html`<div>
            <dt>${name}</dt>
            <dd>
              ${counts.map(
                ([code, count]) =>
                  html`<span class="share"
                    ><code><bdi>${code}</bdi></code> <span class="exact">${formatNumber(count)}</span></span
                  >`,
              )}
            </dd>
          </div>`;
    return html`
      <p class="summary">${summaryText(digest)}</p>
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
      ${causeSection(causes)} ${resultLines(malformed, "line is not a result", "lines are not results", files)}
      ${resultLines(withoutCustomId, "result has no custom_id", "results have no custom_id", files)}
      ${usageTable(usage)}
    `;
  }

  async #run(): Promise<void> {
    const files = this.results.map(({ file }) => file);
    const digest = await this.#digest.run(`Reading ${pluralize(files.length, "result file")}`, (options) =>
      digestResults(files, options),
    );
    if (digest) announce(this, summaryText(digest));
  }
}

const summaryText = ({ succeeded, incomplete, failed }: ResultsDigest): string => {
  const counts = [`${formatNumber(succeeded)} succeeded`, `${formatNumber(failed)} failed`];
  if (incomplete > 0) counts.splice(1, 0, `${formatNumber(incomplete)} incomplete`);
  return `${pluralize(succeeded + incomplete + failed, "result")}: ${counts.join(", ")}.`;
};

customElements.define("files-digest", FilesDigest);
