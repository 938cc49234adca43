// Facts about a batch that the card leaves out: metadata, completion window and tokens.
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber } from "#common/format.js";
import { truncate } from "../../shared/text.js";

const maxNameLength = 80;
const maxValueLength = 200;
const maxMetadata = 16;

interface BatchFields {
  readonly metadata?: unknown;
  readonly usage?: {
    readonly input_tokens?: unknown;
    readonly output_tokens?: unknown;
    readonly total_tokens?: unknown;
  } | null;
  readonly completion_window?: unknown;
}

/** Formats a metadata value. The API documents strings; some servers send other types. */
const valueText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Renders the facts; renders nothing when the batch has none. */
export function batchFacts(batch: unknown): TemplateResult | typeof nothing {
  const { metadata, usage, completion_window: window } = (batch ?? {}) as BatchFields;
  const entries =
    typeof metadata === "object" && metadata !== null ? Object.entries(metadata).slice(0, maxMetadata) : [];
  const number = (value: unknown): string | undefined => (typeof value === "number" ? formatNumber(value) : undefined);
  // Servers send zeros until requests finish.
  const total = usage?.total_tokens === 0 ? undefined : number(usage?.total_tokens);
  const parts = [number(usage?.input_tokens), number(usage?.output_tokens)];
  if (entries.length === 0 && total === undefined && typeof window !== "string") return nothing;
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
      total === undefined
        ? nothing
        : html`<div>
            <dt>Tokens</dt>
            <dd>
              ${total}${
                parts.every((part) => part !== undefined)
                  ? html` <span class="exact">${parts[0]} input, ${parts[1]} output</span>`
                  : nothing
              }
            </dd>
          </div>`
    }
  </dl>`;
}
