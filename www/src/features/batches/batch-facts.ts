// What a batch says of itself that the card does not: the caller's own labels, and what it has used.
import { html, nothing, type TemplateResult } from "lit";
import { grouped, shorten } from "../../shared/text.js";

const mostOfAName = 80;
const mostOfAValue = 200;
const mostLabels = 16;

interface Told {
  readonly metadata?: unknown;
  readonly usage?: {
    readonly input_tokens?: unknown;
    readonly output_tokens?: unknown;
    readonly total_tokens?: unknown;
  } | null;
  readonly completion_window?: unknown;
}

/** A label's value. It should be a string; servers send others. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The facts; nothing when it says none. */
export function facts(batch: unknown): TemplateResult | typeof nothing {
  const { metadata, usage, completion_window: window } = (batch ?? {}) as Told;
  const labels = typeof metadata === "object" && metadata !== null ? Object.entries(metadata).slice(0, mostLabels) : [];
  const number = (value: unknown): string | undefined => (typeof value === "number" ? grouped(value) : undefined);
  // Servers send zeros until requests finish.
  const total = usage?.total_tokens === 0 ? undefined : number(usage?.total_tokens);
  const parts = [number(usage?.input_tokens), number(usage?.output_tokens)];
  if (labels.length === 0 && total === undefined && typeof window !== "string") return nothing;
  return html`<dl class="batch-facts">
    ${labels.map(
      ([name, value]) =>
        html`<div>
          <dt><bdi>${shorten(name, mostOfAName)}</bdi></dt>
          <dd><bdi>${shorten(textOf(value), mostOfAValue)}</bdi></dd>
        </div>`,
    )}
    ${
      typeof window === "string"
        ? html`<div>
            <dt>Window</dt>
            <dd><bdi>${shorten(window, mostOfAName)}</bdi></dd>
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
                  ? html` <span class="exact">${parts[0]} in, ${parts[1]} out</span>`
                  : nothing
              }
            </dd>
          </div>`
    }
  </dl>`;
}
