// One batch on the board: what it is, how it stands, what to do, how it got there.
import { html, nothing, type TemplateResult } from "lit";
import type { Entry } from "../entry.js";
import { shorten } from "../text.js";
import "./copy.js";
import { errorList } from "./errors.js";
import { fileList } from "./files.js";
import { icon } from "./icon.js";
import { issueList } from "./issues.js";
import "./object.js";
import { progressBar } from "./progress.js";
import { timeline } from "./timeline.js";
import { timing } from "./timing.js";

const mostOfAName = 120;

/** A batch as a row of the board. */
export function batch(entry: Entry): TemplateResult {
  const { view, key } = entry;
  return html`
    <article class="batch" data-tone=${view.tone} aria-labelledby=${key}>
      <header>
        ${entry.place === undefined ? nothing : html`<p class="place">${entry.place}</p>`}
        <h3 id=${key}>${icon(view)}<bdi class="label">${shorten(view.label, mostOfAName)}</bdi></h3>
        ${view.id === undefined ? nothing : html`<board-copy .text=${view.id} .what=${`id ${shorten(view.id, 40)}`}></board-copy>`}
        ${names(entry)}
      </header>
      <div class="account">
        <p class="summary"><bdi>${view.summary}</bdi></p>
        ${progressBar(view)}
        ${view.advice === undefined ? nothing : html`<p class="advice">${view.advice}</p>`}
        ${errorList(view)} ${issueList(view.issues)}
      </div>
      <div class="course">${timeline(view.timeline)} ${timing(entry)}</div>
      <footer>${fileList(view.files)} ${origin(entry)} <board-object .value=${entry.value}></board-object></footer>
    </article>
  `;
}

/** What the server calls the batch and its parts. */
function names({ view: { id, status, outcome, endpoint, model } }: Entry) {
  const name = (text: string | undefined) => (text ? html`<code class="id"><bdi>${shorten(text, mostOfAName)}</bdi></code>` : nothing);
  return html`
    ${id === undefined ? nothing : html`<p class="named">${name(id)}</p>`}
    ${status === "" ? nothing : html`<p class="codes">${name(status)}${outcome === undefined ? nothing : html` <span class="hidden">, outcome </span>${name(outcome)}`}</p>`}
    ${endpoint || model ? html`<p>${name(endpoint)}${endpoint && model ? " · " : nothing}${name(model)}</p>` : nothing}
  `;
}

function origin({ origin: from }: Entry) {
  if (!from) return nothing;
  const { provider, kind, source, note } = from;
  return html`<p class="origin">
    <span class="kind">${kind}</span> from ${provider}: <span class="source">${source}</span>${note === undefined ? nothing : html`<br />${note}`}
  </p>`;
}
