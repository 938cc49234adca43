// The changes of a batch since the page was opened.
import { html, nothing, type TemplateResult } from "lit";
import type { LogEntry } from "../../data/feed/batch-store.js";
import { timeOfDay } from "../../shared/format-time.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { entryLines } from "./event-text.js";

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
    <span class="when"
      >${entry.since === entry.at ? nothing : html`${timeOfDay(entry.since)} – `}${timeOfDay(entry.at)}</span
    >
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
