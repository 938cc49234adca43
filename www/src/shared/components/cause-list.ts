// Why requests failed, how often, and what to do; and what the answers took.
import type { Cause, ModelUsage } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { folded } from "./collapsible-list.js";
import { grouped, shorten } from "../text.js";
import { visible } from "../hidden-characters.js";

const atOnce = 8;
const mostOfAMessage = 400;

/** The causes, the most frequent first, as the package has them, under a title of their own. */
export const titledCauses = (causes: readonly Cause[]): TemplateResult | typeof nothing =>
  causes.length === 0
    ? nothing
    : html`<div class="causes">
        <h3>Why requests failed</h3>
        ${causeList(causes)}
      </div>`;

/** The causes alone. */
export const causeList = (causes: readonly Cause[]): TemplateResult | typeof nothing => folded(causes, atOnce, cause);

const cause = ({ statusCode, code, message, retry, meaning, advice, count, examples }: Cause) => html`
  <li class="cause" data-retry=${retry}>
    <p class="times"><b>${grouped(count)}</b> <span class="exact">${count === 1 ? "time" : "times"}</span></p>
    <div>
      <p class="message"><bdi>${visible(shorten(message, mostOfAMessage))}</bdi></p>
      <p class="hint">
        ${statusCode === undefined ? nothing : html`<code>${statusCode}</code> `}${
          code ? html`<code><bdi>${visible(shorten(code, 80))}</bdi></code> ` : nothing
        }<span class="retry">${retry}</span>
        ${
          examples.length === 0
            ? nothing
            : html`<span class="examples-of"
                >such as
                ${examples
                  .slice(0, 3)
                  .map(
                    (id, index) =>
                      html`${index > 0 ? ", " : nothing}<code><bdi>${visible(shorten(id, 48))}</bdi></code>`,
                  )}</span
              >`
        }
      </p>
      <p>${meaning}</p>
      <p class="advice">${advice}</p>
    </div>
  </li>
`;

/** Tokens by model. */
export function usageTable(usage: readonly ModelUsage[]): TemplateResult | typeof nothing {
  if (usage.length === 0) return nothing;
  const cell = (number: number | undefined) =>
    html`<td class="number">${number === undefined ? nothing : grouped(number)}</td>`;
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
            <th scope="col" class="number">cached</th>
            <th scope="col" class="number">Output</th>
            <th scope="col" class="number">reasoning</th>
            <th scope="col" class="number">Total</th>
          </tr>
        </thead>
        <tbody>
          ${usage.map(
            ({ model, requests, inputTokens, cachedTokens, outputTokens, reasoningTokens, totalTokens }) =>
              html`<tr>
                <th scope="row">
                  ${model === undefined ? "not named" : html`<code><bdi>${visible(shorten(model, 60))}</bdi></code>`}
                </th>
                ${[requests, inputTokens, cachedTokens, outputTokens, reasoningTokens, totalTokens].map(cell)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}
