// What was found in the pasted text.
import type { BatchView, Level } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { countsText } from "./groups.js";
import { pageSize, type PasteSummary } from "./paste-analyzer.js";
import { pluralize, formatNumber } from "../../shared/text.js";
import { batch } from "./batch-entry.js";

/** The summary in one sentence. */
export function verdict({ what, total, counts, invalid, entries }: PasteSummary): string {
  if (total === 0) return `${capital(what)}, and it is empty.`;
  const only = total === 1 ? entries[0]?.view : undefined;
  if (only) return `${only.valid ? "A valid batch" : "Not a valid batch"}: ${issuesText(only)}.`;
  const bad = invalid === 0 ? "" : `; ${formatNumber(invalid)} not valid`;
  return `${capital(what)}, ${pluralize(total, "element")}: ${countsText(counts)}${bad}.`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** How many issues of each level, the gravest first. */
function issuesText({ issues }: BatchView): string {
  const levels = ["error", "warning", "note"] as const satisfies readonly Level[];
  const some = levels
    .map((level) => ({ level, many: issues.filter((issue) => issue.level === level).length }))
    .filter(({ many }) => many > 0);
  return some.map(({ level, many }) => pluralize(many, level)).join(", ") || "nothing to remark";
}

/** The summary, element by element. */
export function pasteResult(summary: PasteSummary, showMore: () => void): TemplateResult {
  const { total, read, entries } = summary;
  const left = total - entries.length;
  return html`
    <section class="result" aria-labelledby="result-title">
      <div class="band">
        <h2 class="aside" id="result-title">Your paste</h2>
        <p class="main verdict">${
          read < total ? `Reading: ${formatNumber(read)} of ${formatNumber(total)} so far.` : verdict(summary)
        }</p>
      </div>
      ${repeat(entries, ({ key }) => key, batch)}
      ${
        left === 0
          ? nothing
          : html`<p class="more">
              ${formatNumber(entries.length)} of ${pluralize(total, "element")} shown.
              <button type="button" @click=${showMore}>Show ${formatNumber(Math.min(pageSize, left))} more</button>
            </p>`
      }
    </section>
  `;
}
