// Facts about a batch that the card leaves out: metadata, completion window, tokens and their cost.
import { html, nothing, type TemplateResult } from "lit";
import { metadataOf } from "#common/batch-name.js";
import { formatNumber } from "#common/format.js";
import { propertyOf } from "#common/list-page.js";
import type { Tokens } from "../../shared/prices.js";
import { truncate } from "../../shared/text.js";

const maxNameLength = 80;
const maxValueLength = 200;
const maxMetadata = 16;

/** Formats a metadata value. The API documents strings; some servers send other types. */
const valueText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Returns the tokens that a batch used; `undefined` where the server does not say. Some send zeros at first. */
export function tokensOf(batch: unknown): (Tokens & { readonly total: number }) | undefined {
  const usage = propertyOf(batch, "usage");
  const [input, output, total] = ["input_tokens", "output_tokens", "total_tokens"].map((name) => {
    const value = propertyOf(usage, name);
    return typeof value === "number" && Number.isFinite(value) ? value : undefined;
  });
  if (!total) return undefined;
  return { total, input: input ?? total - (output ?? 0), output: output ?? 0 };
}

/** Renders the facts; renders nothing when the batch has none. */
export function batchFacts(batch: unknown, model: string | undefined): TemplateResult | typeof nothing {
  const entries = Object.entries(metadataOf(batch)).slice(0, maxMetadata);
  const window = propertyOf(batch, "completion_window");
  const tokens = tokensOf(batch);
  if (entries.length === 0 && tokens === undefined && typeof window !== "string") return nothing;
  return html`<dl class="batch-facts">
    ${entries.map(
      ([name, value]) =>
        html`<div>
          <dt><bdi>${truncate(name, maxNameLength)}</bdi></dt>
          <dd><bdi>${truncate(valueText(value), maxValueLength)}</bdi></dd>
        </div>`,
    )}
    ${
      typeof window === "string"
        ? html`<div>
            <dt>Completion window</dt>
            <dd><bdi>${truncate(window, maxNameLength)}</bdi></dd>
          </div>`
        : nothing
    }
    ${
      tokens === undefined
        ? nothing
        : html`<div>
              <dt>Tokens</dt>
              <dd>
                ${formatNumber(tokens.total)}
                <span class="exact">${formatNumber(tokens.input)} input, ${formatNumber(tokens.output)} output</span>
              </dd>
            </div>
            ${
              model === undefined
                ? nothing
                : html`<div>
                    <dt>Cost</dt>
                    <dd><board-cost .model=${model} .tokens=${tokens}></board-cost></dd>
                  </div>`
            }`
    }
  </dl>`;
}
