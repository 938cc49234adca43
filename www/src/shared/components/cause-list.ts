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

/** Renders the causes in the package's order, the most frequent first. */
export const causeList = (causes: readonly Cause[]): TemplateResult | typeof nothing =>
  collapsibleList(causes, maxShown, causeItem);

const causeItem = ({ statusCode, code, message, retry, meaning, advice, count, examples }: Cause) => html`
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
                ${examples
                  .slice(0, 3)
                  .map(
                    (id, index) =>
                      html`${index > 0 ? ", " : nothing}<code><bdi>${revealHidden(truncate(id, 48))}</bdi></code>`,
                  )}`
        }</span
      >
    </p>
    <p>${meaning}</p>
    <p class="advice">${advice}</p>
  </li>
`;
