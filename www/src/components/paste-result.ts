// What was found in the pasted text.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { countsText } from "../groups.js";
import { pageSize, type Findings } from "../survey.js";
import { counted, grouped } from "../text.js";
import { batch } from "./batch.js";

/** The findings in one sentence. */
export function verdict({ what, total, counts, invalid, entries }: Findings): string {
  if (total === 0) return `An empty ${what}.`;
  const only = total === 1 ? entries[0]?.view : undefined;
  if (only) return only.valid ? `A batch: ${only.label}.` : `Not usable as a batch: ${only.label}.`;
  const bad = invalid === 0 ? "" : `; ${grouped(invalid)} not usable as a batch`;
  return `A ${what} of ${grouped(total)}: ${countsText(counts)}${bad}.`;
}

/** The findings, element by element. */
export function pasteResult(findings: Findings, showMore: () => void): TemplateResult {
  const { total, read, entries } = findings;
  const left = total - entries.length;
  return html`
    <section class="result" aria-labelledby="result-title">
      <div class="band">
        <h2 class="aside" id="result-title">Your paste</h2>
        <p class="main verdict">${read < total ? `Reading: ${grouped(read)} of ${grouped(total)} so far.` : verdict(findings)}</p>
      </div>
      ${repeat(entries, ({ key }) => key, batch)}
      ${left === 0
        ? nothing
        : html`<p class="more">
            ${grouped(entries.length)} of ${counted(total, "element")} shown.
            <button type="button" @click=${showMore}>Show ${grouped(Math.min(pageSize, left))} more</button>
          </p>`}
    </section>
  `;
}
