// The steps a batch took, with the time between them, and those still ahead.
import type { StepState, TimelineStep } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { stamp } from "./stamp.js";

// What the marks say, for those who do not see them; the step a batch is in says it by aria-current.
const spoken: Record<StepState, string> = { done: "", current: "", upcoming: ", still ahead" };

/** The steps as a list; nothing when there are none. */
export function timeline(steps: readonly TimelineStep[]): TemplateResult | typeof nothing {
  if (steps.length === 0) return nothing;
  return html`<ol class="timeline" aria-label="Timeline">
    ${steps.map((step, index) => item(step, stampBefore(steps, index)))}
  </ol>`;
}

const item = ({ state, label, at, duration }: TimelineStep, before: number | undefined) => html`
  <li data-state=${state} aria-current=${state === "current" ? "step" : nothing}>
    ${duration === undefined ? nothing : html`<span class="gap">${duration}</span>`}
    <span class="step">${label}<span class="hidden">${spoken[state]}</span></span>
    ${at === undefined ? nothing : stamp(at, before)}
  </li>
`;

const stampBefore = (steps: readonly TimelineStep[], index: number): number | undefined =>
  steps.slice(0, index).findLast(({ at }) => at !== undefined)?.at;
