// Why requests failed, how often, and what to do about it.
import type { Cause } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { pluralize } from "#common/format.js";
import { revealHidden } from "../hidden-characters.js";
import { truncate } from "../text.js";
import { collapsibleList } from "./collapsible-list.js";

const maxShown = 8;
const maxMessageLength = 400;

/** How the retry advice of a cause is labelled. */
export const retryLabels = {
  transient: "Retryable",
  permanent: "Needs a change",
  unknown: "Unknown",
} as const satisfies Record<Cause["retry"], string>;

/**
 * Renders the causes in the package's order, the most frequent first.
 *
 * @param show shows the request with a custom_id; the examples are plain text where requests cannot be shown
 */
export const causeList = (
  causes: readonly Cause[],
  show?: (customId: string) => void,
): TemplateResult | typeof nothing => collapsibleList(causes, maxShown, (cause) => causeItem(cause, show));

const causeItem = (
  { statusCode, code, message, retry, meaning, advice, count, examples }: Cause,
  show: ((customId: string) => void) | undefined,
) => html`
  <li class="cause" data-retry=${retry}>
    <p class="message"><bdi>${revealHidden(truncate(message, maxMessageLength))}</bdi></p>
    <p class="hint">
      ${statusCode === undefined ? nothing : html`<code>${statusCode}</code> `}${
        code ? html`<code><bdi>${revealHidden(truncate(code, 80))}</bdi></code> ` : nothing
      }<span class="retry">${retryLabels[retry]}</span>
      <span class="examples-of"
        ><span class="times">${pluralize(count, "request")}</span>${
          examples.length === 0
            ? nothing
            : html`, e.g.
                ${examples.slice(0, 3).map((id, index) => html`${index > 0 ? ", " : nothing}${example(id, show)}`)}`
        }</span
      >
    </p>
    <p>${meaning}</p>
    <p class="advice">${advice}</p>
  </li>
`;

function example(id: string, show: ((customId: string) => void) | undefined): TemplateResult {
  const code = html`<code><bdi>${revealHidden(truncate(id, 48))}</bdi></code>`;
  if (!show) return code;
  return html`<button type="button" class="example" @click=${() => show(id)}>
    <span class="hidden">Show request </span>${code}
  </button>`;
}
