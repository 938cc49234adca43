// All of one batch: what it is, how it stands, what to do, how it got there.
import type { ErrorView } from "#batchlight";
import { html, nothing, type TemplateResult } from "lit";
import type { Scene } from "../render-context.js";
import { plain } from "../sanitize.js";
import { icon } from "./icon.js";
import { progress } from "./progress.js";
import { ago } from "./time.js";
import { timeline } from "./timeline.js";

/**
 * A batch with files, errors, deadline and advice. The heading is of the level asked for, as pages differ in their
 * outlines.
 */
export function card(scene: Scene, level: number): TemplateResult {
  const { view, locale } = scene;
  return html`<article part="card" class="card" data-tone=${view.tone} aria-labelledby="label id" lang=${locale}>
    <header part="header">
      <div part="heading" class="heading" id="label" role="heading" aria-level=${level}>
        ${icon(view)}<span part="label" class="label"
          ><slot name="label"><bdi>${plain(view.label)}</bdi></slot></span
        >
      </div>
      <slot name="actions"></slot>
      ${view.id ? html`<p class="id" id="id">${name(view.id)}</p>` : nothing}
    </header>
    <div class="account">
      <p part="summary" class="summary">
        <slot name="summary"><bdi>${plain(view.summary, 600)}</bdi></slot>
      </p>
      ${progress(scene)}
      ${
        view.advice === undefined
          ? nothing
          : html`<p part="advice" class="advice">
              <slot name="advice"><bdi>${view.advice}</bdi></slot>
            </p>`
      }
      ${reasons(scene)}
    </div>
    <div class="course">${timeline(scene)}${timing(scene)}</div>
    <footer part="footer">${facts(scene)}${issues(scene)}<slot></slot></footer>
  </article>`;
}

const name = (text: string, most?: number) => html`<code><bdi>${plain(text, most)}</bdi></code>`;

/** How long it has run, how long it may, and whether that is unusual; nothing when the value says none. */
function timing({ view, say }: Scene) {
  const { elapsed, deadline, eta, stall } = view.timing;
  if (elapsed === undefined) return nothing;
  if (view.terminal)
    return html`<ul part="timing" class="timing" role="list">
      <li><bdi>${say("element.elapsed_all", { duration: elapsed })}</bdi></li>
    </ul>`;
  return html`<ul part="timing" class="timing" role="list">
    ${stall ? html`<li part="stall" class="stall"><bdi>${stall.text}</bdi></li>` : nothing}
    <li><bdi>${say("element.elapsed", { duration: elapsed })}</bdi></li>
    ${eta ? html`<li><bdi>${eta.text}</bdi></li>` : nothing}${
      deadline && stall?.kind !== "overdue" ? html`<li part="deadline"><bdi>${deadline.text}</bdi></li>` : nothing
    }
  </ul>`;
}

/** So many reasons stand open. */
const openReasons = 5;

/** Why the server rejected the input file; nothing when it named no reason. */
function reasons({ view, say, number }: Scene) {
  const { errors, errorCount, summary } = view;
  if (errors.length === 0) return nothing;
  const listOf = (some: readonly ErrorView[]) =>
    html`<ul role="list">
      ${some.map((error) => reason(error, summary))}
    </ul>`;
  const [first, more] = [errors.slice(0, openReasons), errors.slice(openReasons)];
  return html`<div part="errors" class="reasons">
    <p>
      <strong
        ><bdi
          >${errorCount === 1 ? say("element.reason") : say("element.reasons", { count: number(errorCount) })}</bdi
        ></strong
      >
    </p>
    ${listOf(first)}${
      more.length === 0
        ? nothing
        : html`<details>
            <summary><bdi>${say("element.reasons_more", { count: number(more.length) })}</bdi></summary>
            ${listOf(more)}
          </details>`
    }${
      errorCount > errors.length
        ? html`<p><bdi>${say("element.reasons_listed", { count: number(errors.length) })}</bdi></p>`
        : nothing
    }
  </div>`;
}

// What the summary has said is not said again, where there is a code to go by.
const reason = ({ text, code, param }: ErrorView, said: string) =>
  html`<li part="error">
    ${code && said.includes(text) ? nothing : html`<bdi>${plain(text, 600)}</bdi>`}${
      code ? html` ${name(code, 80)}` : nothing
    }${param ? html` ${name(param, 80)}` : nothing}
  </li>`;

/** Where its requests go, since when, and its files. */
function facts(scene: Scene) {
  const { view, say } = scene;
  const named = [view.endpoint, view.model].filter((text) => text !== undefined && text !== "");
  if (view.createdAt === undefined && named.length === 0 && view.files.length === 0) return nothing;
  return html`<dl part="facts" class="facts">
    ${
      view.createdAt === undefined
        ? nothing
        : html`<div part="created">
            <dt>${say("element.created")}</dt>
            <dd>${ago(view.createdAt, scene)}</dd>
          </div>`
    }${
      named.length === 0
        ? nothing
        : html`<div part="requests">
            <dt>${say("element.requests")}</dt>
            <dd>${named.map((text) => html`${name(text ?? "")} `)}</dd>
          </div>`
    }${view.files.map(
      ({ label, id, kind }) =>
        html`<div part=${`file file-${kind}`}>
          <dt>${label}</dt>
          <dd>${name(id)}</dd>
        </div>`,
    )}
  </dl>`;
}

/** What is odd about the value. The core says it in English. */
function issues({ view, say, number }: Scene) {
  if (view.issues.length === 0) return nothing;
  return html`<details part="issues" class="issues">
    <summary><bdi>${say("element.issues", { count: number(view.issues.length) })}</bdi></summary>
    <ul role="list" lang="en">
      ${view.issues.slice(0, 100).map(({ message }) => html`<li><bdi>${plain(message, 600)}</bdi></li>`)}
    </ul>
  </details>`;
}
