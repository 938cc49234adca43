// An entry of the page: the package's card, and below it the server's errors, the issues, the origin and the raw JSON.
import { html, nothing, type TemplateResult } from "lit";
import "../../shared/components/copy-button.js";
import "../../shared/components/raw-json.js";
import { serverErrorList } from "../../shared/components/server-errors.js";
import { truncate } from "../../shared/text.js";
import type { Entry } from "./entry.js";
import { issueList } from "./issue-list.js";

const maxNameLength = 120;

/** Renders an entry. The card is `quiet`: its value never changes, so there is nothing to announce. */
export function batchEntry(entry: Entry): TemplateResult {
  const { view, value, key, profile, asOf } = entry;
  return html`
    <article
      class="batch"
      data-key=${key}
      data-tone=${view.tone}
      aria-label=${truncate([entry.place, view.label, view.id].filter(Boolean).join(", "), maxNameLength)}
    >
      ${entry.place === undefined ? nothing : html`<p class="place">${entry.place}</p>`}
      <batch-card quiet .batch=${value ?? null} .profile=${profile} .now=${view.terminal ? undefined : asOf}>
        ${
          view.id === undefined
            ? nothing
            : html`<board-copy slot="actions" .text=${view.id} .label=${truncate(view.id, 40)}></board-copy>`
        }
        <div class="extras">
          ${serverErrorList(view)} ${issueList(view.issues)} ${codes(entry)} ${origin(entry)}
          <board-raw-json .value=${value}></board-raw-json>
        </div>
      </batch-card>
    </article>
  `;
}

/** Renders the server's status, the package's outcome, and when to poll next. */
function codes({ view: { status, outcome, terminal, poll } }: Entry): TemplateResult | typeof nothing {
  const code = (text: string) => html`<code><bdi>${truncate(text, maxNameLength)}</bdi></code>`;
  if (status === "") return nothing;
  return html`<p class="codes">
    ${code(status)}${outcome === undefined ? nothing : html` <span class="hidden">, outcome </span>${code(outcome)}`}${
      terminal ? nothing : html` <span class="poll">${poll.text}</span>`
    }
  </p>`;
}

function origin({ origin: from }: Entry): TemplateResult | typeof nothing {
  if (!from) return nothing;
  const { provider, kind, source, note } = from;
  return html`<p class="origin">
    <span class="kind">${kind}</span> from ${provider}:
    <span class="source">${source}</span>${note === undefined ? nothing : html`<br />${note}`}
  </p>`;
}
