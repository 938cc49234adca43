// One batch among examples and pasted ones: the package's card, and what only this page knows: where it is from, and
// what was read.
import { html, nothing, type TemplateResult } from "lit";
import "../../shared/components/copy-button.js";
import "../../shared/components/raw-json.js";
import { serverErrorList } from "../../shared/components/server-errors.js";
import { truncate } from "../../shared/text.js";
import type { Entry } from "./entry.js";
import { issueList } from "./issue-list.js";

const mostOfAName = 120;

/** A batch. Nothing here changes while somebody looks, so there is nothing to announce. */
export function batch(entry: Entry): TemplateResult {
  const { view, value, key, profile, asOf } = entry;
  return html`
    <article
      class="batch"
      data-key=${key}
      data-tone=${view.tone}
      aria-label=${truncate([entry.place, view.label, view.id].filter(Boolean).join(", "), mostOfAName)}
    >
      ${entry.place === undefined ? nothing : html`<p class="place">${entry.place}</p>`}
      <batch-card quiet .batch=${value ?? null} .profile=${profile} .now=${view.terminal ? undefined : asOf}>
        ${
          view.id === undefined
            ? nothing
            : html`<board-copy slot="actions" .text=${view.id} .what=${`id ${truncate(view.id, 40)}`}></board-copy>`
        }
        <div class="extras">
          ${serverErrorList(view)} ${issueList(view.issues)} ${codes(entry)} ${origin(entry)}
          <board-object .value=${value}></board-object>
        </div>
      </batch-card>
    </article>
  `;
}

/** What the server calls its status, what the package calls the outcome, and when to ask again. */
function codes({ view: { status, outcome, terminal, poll } }: Entry): TemplateResult | typeof nothing {
  const name = (text: string) => html`<code><bdi>${truncate(text, mostOfAName)}</bdi></code>`;
  if (status === "") return nothing;
  return html`<p class="codes">
    ${name(status)}${outcome === undefined ? nothing : html` <span class="hidden">, outcome </span>${name(outcome)}`}${
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
