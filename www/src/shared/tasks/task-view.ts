// A task that is running, was cancelled or has failed.
import { html, nothing, svg, type TemplateResult } from "lit";
import { formatBytes, pluralize } from "#common/format.js";
import { icon } from "../components/icon.js";
import { revealHidden } from "../hidden-characters.js";
import type { Progress, Task } from "./task.js";

/** Renders a task without a result; renders nothing when it has one or was never started. */
export function taskView<Result>(task: Task<Result>): TemplateResult | typeof nothing {
  const { state } = task;
  switch (state.kind) {
    case "idle":
    case "done":
      return nothing;
    case "running":
      return running(state.label, state.progress, () => task.cancel());
    case "cancelled":
      return html`<div class="task" data-tone="neutral">
        <p class="state">${icon("circle-slash")}<span>${state.label}: cancelled</span></p>
        <button type="button" @click=${() => task.restart()}>Start again</button>
      </div>`;
    case "failed":
      return html`<div class="task" data-tone="danger">
        <p class="state">
          ${icon("octagon-cross")}<span>${state.label}: failed. <bdi>${revealHidden(state.message)}</bdi></span>
        </p>
        <button type="button" @click=${() => task.restart()}>Retry</button>
      </div>`;
  }
}

function running(label: string, progress: Progress | undefined, cancel: () => void): TemplateResult {
  const { bytes = 0, total, lines } = progress ?? { bytes: 0, lines: 0 };
  const fraction = total ? Math.min(1, bytes / total) : undefined;
  const ofTotal = total === undefined ? "" : ` of ${formatBytes(total)}`;
  const text = `${formatBytes(bytes)}${ofTotal}${lines === undefined ? "" : `, ${pluralize(lines, "line")}`}`;
  return html`
    <div class="task" data-tone="info">
      <p class="state">${icon("ring", "spin")}<span>${label}</span></p>
      <div class="progress">
        <div
          class="bar"
          role="progressbar"
          aria-label=${label}
          aria-valuemin="0"
          aria-valuemax="100"
          aria-valuenow=${fraction === undefined ? nothing : Math.floor(fraction * 100)}
          aria-valuetext=${text}
        >
          <svg aria-hidden="true" width="100%" height="10">
            <rect class="track" x="0.5" y="0.5" width="100%" height="9" rx="4.5" />
            ${
              fraction === undefined
                ? svg`<line class="unknown" x1="0" x2="100%" y1="5" y2="5" />`
                : svg`<line class="running" x1="0" x2=${`${fraction * 100}%`} y1="5" y2="5" />`
            }
          </svg>
        </div>
        <span class="read" aria-hidden="true">${text}</span>
      </div>
      <button type="button" @click=${cancel}>Cancel</button>
    </div>
  `;
}
