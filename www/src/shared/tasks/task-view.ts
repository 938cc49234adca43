// A task while it runs, and when it ended without a result.
import { html, nothing, svg, type TemplateResult } from "lit";
import { shape } from "../components/icon.js";
import { counted } from "../text.js";
import { sized } from "./sizes.js";
import type { Progress, Task } from "./task.js";
import { visible } from "../hidden-characters.js";

/** What is to be seen of a task that has no result; nothing when it has one, or never began. */
export function taskView<Result>(task: Task<Result>): TemplateResult | typeof nothing {
  const { state } = task;
  switch (state.kind) {
    case "idle":
    case "done":
      return nothing;
    case "running":
      return running(state.what, state.progress, () => task.cancel());
    case "cancelled":
      return html`<div class="task" data-tone="neutral">
        <p class="state">${shape("circle-slash")}<span>${state.what}: cancelled. Nothing was kept of it.</span></p>
        <button type="button" @click=${() => task.again()}>Start again</button>
      </div>`;
    case "failed":
      return html`<div class="task" data-tone="danger">
        <p class="state">
          ${shape("octagon-cross")}<span>${state.what}: failed. <bdi>${visible(state.why)}</bdi></span>
        </p>
        <button type="button" @click=${() => task.again()}>Try again</button>
      </div>`;
  }
}

function running(what: string, progress: Progress | undefined, cancel: () => void): TemplateResult {
  const { bytes = 0, total, lines } = progress ?? { bytes: 0, lines: 0 };
  const fraction = total ? Math.min(1, bytes / total) : undefined;
  const outOf = total === undefined ? "" : ` of ${sized(total)}`;
  const read = `${sized(bytes)}${outOf}${lines === undefined ? "" : `, ${counted(lines, "line")}`}`;
  return html`
    <div class="task" data-tone="info">
      <p class="state">${shape("ring", "spin")}<span>${what}</span></p>
      <div class="progress">
        <div
          class="bar"
          role="progressbar"
          aria-label=${what}
          aria-valuemin="0"
          aria-valuemax="100"
          aria-valuenow=${fraction === undefined ? nothing : Math.floor(fraction * 100)}
          aria-valuetext=${read}
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
        <span class="read" aria-hidden="true">${read}</span>
      </div>
      <button type="button" @click=${cancel}>Cancel</button>
    </div>
  `;
}
