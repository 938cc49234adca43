// What changed while somebody watched.
import { html, nothing, type TemplateResult } from "lit";
import type { Noted } from "../../data/feed/batch-store.js";
import { sentencesOf } from "./event-text.js";
import { dateOf } from "../../shared/text.js";
import { visible } from "../../shared/hidden-characters.js";

const clock = new Intl.DateTimeFormat(navigator.languages.find((language) => language.startsWith("en")) ?? "en-GB", {
  timeStyle: "medium",
});
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "long" });

/** The changes, the newest first. */
export function changeLog(log: readonly Noted[]): TemplateResult {
  return html`<section class="panel-card change-log" aria-labelledby="changes-title">
    <h3 id="changes-title">Seen while watching</h3>
    ${
      log.length === 0
        ? html`<p class="hint">Nothing has changed since this page was opened.</p>`
        : html`<ol>
            ${log.map(change)}
          </ol>`
    }
  </section>`;
}

const change = (noted: Noted): TemplateResult =>
  html`<li data-alarm=${noted.change.alarms.length > 0}>
    <span class="when">${noted.since === noted.at ? nothing : html`${time(noted.since)} to `}${time(noted.at)}</span>
    <div>
      ${sentencesOf(noted).map((sentence) => html`<p><bdi>${visible(sentence)}</bdi></p>`)}
      ${noted.change.alarms.map(
        ({ code, message }) =>
          html`<p class="alarm" data-tone="danger">
            <b>This cannot be:</b> <bdi>${visible(message)}</bdi> <code>${code}</code>
          </p>`,
      )}
    </div>
  </li>`;

function time(seconds: number): TemplateResult {
  const date = dateOf(seconds);
  if (!date) return html`<span>at an unknown time</span>`;
  return html`<time datetime=${date.toISOString()} title=${full.format(date)}>${clock.format(date)}</time>`;
}
