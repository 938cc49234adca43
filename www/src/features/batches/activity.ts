// The changes of a batch since the page was opened.
import { html, nothing, type TemplateResult } from "lit";
import type { LogEntry } from "../../data/feed/batch-store.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { dateOf } from "../../shared/text.js";
import { entryLines } from "./event-text.js";

const clock = new Intl.DateTimeFormat(navigator.languages.find((language) => language.startsWith("en")) ?? "en-GB", {
  timeStyle: "medium",
});
const fullDate = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "long" });

/** Renders the changes, the newest first. */
export function activity(log: readonly LogEntry[]): TemplateResult {
  return html`<section class="panel-card activity" aria-labelledby="activity-title">
    <h3 id="activity-title">Activity</h3>
    ${
      log.length === 0
        ? html`<p class="hint">No changes since this page was opened.</p>`
        : html`<ol>
            ${log.map(entryItem)}
          </ol>`
    }
  </section>`;
}

const entryItem = (entry: LogEntry): TemplateResult =>
  html`<li data-alarm=${entry.change.alarms.length > 0}>
    <span class="when">${entry.since === entry.at ? nothing : html`${time(entry.since)} – `}${time(entry.at)}</span>
    <div>
      ${entryLines(entry).map((line) => html`<p><bdi>${revealHidden(line)}</bdi></p>`)}
      ${entry.change.alarms.map(
        ({ code, message }) =>
          html`<p class="alarm" data-tone="danger">
            <b>Inconsistent:</b> <bdi>${revealHidden(message)}</bdi> <code>${code}</code>
          </p>`,
      )}
    </div>
  </li>`;

function time(seconds: number): TemplateResult {
  const date = dateOf(seconds);
  if (!date) return html`<span>unknown time</span>`;
  return html`<time datetime=${date.toISOString()} title=${fullDate.format(date)}>${clock.format(date)}</time>`;
}
