// The result for a pasted text.
import type { BatchView, Level } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { formatNumber, pluralize } from "#common/format.js";
import { batchEntry } from "./batch-entry.js";
import { countsText } from "./groups.js";
import { pageSize, type PasteSummary } from "./paste-analyzer.js";

/** Formats the summary as one sentence. */
export function summaryText({ kind, total, counts, invalid, entries }: PasteSummary): string {
  if (total === 0) return `${capitalize(kind)} without elements.`;
  const only = total === 1 ? entries[0]?.view : undefined;
  if (only) return `${only.valid ? "Valid batch" : "Invalid batch"}: ${issuesText(only)}.`;
  const invalidText = invalid === 0 ? "" : `; ${formatNumber(invalid)} invalid`;
  return `${capitalize(kind)}, ${pluralize(total, "element")}: ${countsText(counts)}${invalidText}.`;
}

const capitalize = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Formats the number of issues per level, the most severe first. */
function issuesText({ issues }: BatchView): string {
  const levels = ["error", "warning", "note"] as const satisfies readonly Level[];
  return (
    levels
      .map((level) => ({ level, count: issues.filter((issue) => issue.level === level).length }))
      .filter(({ count }) => count > 0)
      .map(({ level, count }) => pluralize(count, level))
      .join(", ") || "no problems found"
  );
}

/** Renders the summary and its entries. */
export function pasteResult(summary: PasteSummary, showMore: () => void): TemplateResult {
  const { total, analyzed, entries } = summary;
  const remaining = total - entries.length;
  return html`
    <section class="result" aria-labelledby="result-title">
      <div class="band">
        <h2 class="aside" id="result-title">Result</h2>
        <p class="main verdict">${
          analyzed < total
            ? `Analyzing: ${formatNumber(analyzed)} of ${formatNumber(total)} so far.`
            : summaryText(summary)
        }</p>
      </div>
      ${repeat(entries, ({ key }) => key, batchEntry)}
      ${
        remaining === 0
          ? nothing
          : html`<p class="more">
              ${formatNumber(entries.length)} of ${pluralize(total, "element")} shown.
              <button type="button" @click=${showMore}>Show ${formatNumber(Math.min(pageSize, remaining))} more</button>
            </p>`
      }
    </section>
  `;
}
