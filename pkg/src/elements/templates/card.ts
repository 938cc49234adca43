// The card: status, summary, advice, errors, progress, timeline, files and notes of one batch.
import type { ErrorView } from "#batchlight";
import { html, nothing, type TemplateResult } from "lit";
import type { BatchContext } from "../render-context.js";
import { sanitize } from "../sanitize.js";
import { icon } from "./icon.js";
import { shortIdentifier } from "./short-identifier.js";
import { progress } from "./progress.js";
import { relativeTime } from "./time.js";
import { timeline } from "./timeline.js";

/** Maximum lengths of strings, in UTF-16 code units. */
const maxText = 600;
const maxCode = 80;
/** The number of errors that are shown without opening the disclosure. */
const visibleErrors = 5;
/** The maximum number of notes. */
const maxIssues = 100;

/** Renders the card, with a heading of the given level. */
export function card(context: BatchContext, headingLevel: number): TemplateResult {
  const { view, locale } = context;
  return html`<article part="card" class="card" data-tone=${view.tone} aria-labelledby="label id" lang=${locale}>
    <header part="header">
      <div part="heading" class="heading" id="label" role="heading" aria-level=${headingLevel}>
        ${icon(view)}<span part="label" class="label"
          ><slot name="label"><bdi>${sanitize(view.label)}</bdi></slot></span
        >
      </div>
      <slot name="actions"></slot>
      ${view.id ? html`<p class="id" id="id">${shortIdentifier(view.id)}</p>` : nothing}
    </header>
    <div class="main">
      <p part="summary" class="summary">
        <slot name="summary"><bdi>${sanitize(view.summary, maxText)}</bdi></slot>
      </p>
      ${progress(context)}
      ${
        view.advice === undefined
          ? nothing
          : html`<p part="advice" class="advice">
              <slot name="advice"><bdi>${view.advice}</bdi></slot>
            </p>`
      }
      ${errors(context)}
    </div>
    <div class="side">${timeline(context)}${timing(context)}</div>
    <footer part="footer">${facts(context)}${issues(context)}<slot></slot></footer>
  </article>`;
}

const identifier = (text: string, maxLength?: number) => html`<code><bdi>${sanitize(text, maxLength)}</bdi></code>`;

/** Elapsed time, estimate, deadline and a stall; only the total time once the batch has ended. */
function timing({ view, message }: BatchContext) {
  const { elapsed, deadline, eta, stall } = view.timing;
  if (elapsed === undefined) return nothing;
  if (view.terminal)
    return html`<ul part="timing" class="timing" role="list">
      <li><bdi>${message("element.elapsed_total", { duration: elapsed })}</bdi></li>
    </ul>`;
  return html`<ul part="timing" class="timing" role="list">
    ${stall ? html`<li part="stall" class="stall"><bdi>${stall.text}</bdi></li>` : nothing}
    <li><bdi>${message("element.elapsed", { duration: elapsed })}</bdi></li>
    ${eta ? html`<li><bdi>${eta.text}</bdi></li>` : nothing}${
      deadline && stall?.kind !== "overdue" ? html`<li part="deadline"><bdi>${deadline.text}</bdi></li>` : nothing
    }
  </ul>`;
}

/** The errors of the batch; the number of errors may be larger than that of the listed ones. */
function errors({ view, message, number }: BatchContext) {
  const { errors: listed, errorCount, summary } = view;
  if (listed.length === 0) return nothing;
  const listOf = (some: readonly ErrorView[]) =>
    html`<ul role="list">
      ${some.map((error) => errorItem(error, summary, message))}
    </ul>`;
  const [first, more] = [listed.slice(0, visibleErrors), listed.slice(visibleErrors)];
  const moreTitle = message("element.errors_more", { count: number(errorCount - first.length) });
  const title = errorCount === 1 ? message("element.error") : message("element.errors", { count: number(errorCount) });
  return html`<div part="errors" class="errors">
    <p>
      <strong><bdi>${title}</bdi></strong>
    </p>
    ${listOf(first)}${
      more.length === 0
        ? nothing
        : html`<details>
            <summary><bdi>${moreTitle}</bdi></summary>
            ${listOf(more)}${
              errorCount > listed.length
                ? html`<p><bdi>${message("element.errors_listed", { count: number(listed.length) })}</bdi></p>`
                : nothing
            }
          </details>`
    }
  </div>`;
}

// If the summary contains the text of an error with a code, only the line is repeated.
const errorItem = ({ text, code, param, line }: ErrorView, summary: string, message: BatchContext["message"]) =>
  html`<li part="error">
    ${
      !(code && summary.includes(text))
        ? html`<bdi>${sanitize(text, maxText)}</bdi>`
        : line === undefined
          ? nothing
          : html`<bdi>${message("element.line", { line: String(line) })}</bdi>`
    }${code ? html` ${identifier(code, maxCode)}` : nothing}${param ? html` ${identifier(param, maxCode)}` : nothing}
  </li>`;

/** Creation time, endpoint, model and files. */
function facts(context: BatchContext) {
  const { view, message } = context;
  const { createdAt, endpoint, model, files } = view;
  if (createdAt === undefined && !endpoint && !model && files.length === 0) return nothing;
  return html`<dl part="facts" class="facts">
    ${
      createdAt === undefined
        ? nothing
        : html`<div part="created">
            <dt>${message("element.created")}</dt>
            <dd>${relativeTime(createdAt, context)}</dd>
          </div>`
    }${
      endpoint
        ? html`<div part="endpoint">
            <dt>${message("element.endpoint")}</dt>
            <dd>${identifier(endpoint)}</dd>
          </div>`
        : nothing
    }${
      model
        ? html`<div part="model">
            <dt>${message("element.model")}</dt>
            <dd>${identifier(model)}</dd>
          </div>`
        : nothing
    }${files.map(
      ({ label, id, role }) =>
        html`<div part=${`file file-${role}`}>
          <dt>${label}</dt>
          <dd>${shortIdentifier(id)}</dd>
        </div>`,
    )}
  </dl>`;
}

/** Warnings and errors about the response, in English. Issues of level `note` are left out: all servers cause some. */
function issues({ view, message, number }: BatchContext) {
  const notes = view.issues.filter(({ level }) => level !== "note");
  const count = notes.length;
  if (count === 0) return nothing;
  const title = count === 1 ? message("element.issue") : message("element.issues", { count: number(count) });
  return html`<details part="issues" class="issues">
    <summary><bdi>${title}</bdi></summary>
    <ul role="list" lang="en">
      ${notes.slice(0, maxIssues).map((issue) => html`<li><bdi>${sanitize(issue.message, maxText)}</bdi></li>`)}
    </ul>
  </details>`;
}
