// The tokens that a batch has used, per model.
import type { ModelUsage } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber } from "#common/format.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { truncate } from "../../shared/text.js";

/** Renders a table of the tokens per model. */
export function usageTable(usage: readonly ModelUsage[]): TemplateResult | typeof nothing {
  if (usage.length === 0) return nothing;
  const cell = (number: number | undefined) =>
    html`<td class="number">${number === undefined ? nothing : formatNumber(number)}</td>`;
  return html`
    <div class="scroller" role="region" aria-label="Tokens used" tabindex="0">
      <table class="usage">
        <caption>
          Tokens used
        </caption>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col" class="number">Requests</th>
            <th scope="col" class="number">Input</th>
            <th scope="col" class="number">Cached</th>
            <th scope="col" class="number">Output</th>
            <th scope="col" class="number">Reasoning</th>
            <th scope="col" class="number">Total</th>
          </tr>
        </thead>
        <tbody>
          ${usage.map(
            ({ model, requests, inputTokens, cachedTokens, outputTokens, reasoningTokens, totalTokens }) =>
              html`<tr>
                <th scope="row">
                  ${
                    model === undefined ? "unknown" : html`<code><bdi>${revealHidden(truncate(model, 60))}</bdi></code>`
                  }
                </th>
                ${[requests, inputTokens, cachedTokens, outputTokens, reasoningTokens, totalTokens].map(cell)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}
