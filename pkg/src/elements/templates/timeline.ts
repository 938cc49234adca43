// The timeline: completed, current and upcoming steps, with the time between them.
import type { TimelineStep } from "#batchlight";
import { html, nothing, type TemplateResult } from "lit";
import type { BatchContext } from "../render-context.js";
import { dateAndTime } from "./time.js";

/** Renders the steps as a list; nothing if there are none. */
export function timeline(context: BatchContext): TemplateResult | typeof nothing {
  const { view, message, locale } = context;
  if (view.timeline.length === 0) return nothing;
  return html`<ol
    part="timeline"
    class="timeline"
    role="list"
    data-tone=${view.tone}
    aria-label=${message("element.timeline")}
    lang=${locale}
  >
    ${view.timeline.map((step, index) => stepItem(step, previousTime(view.timeline, index), context))}
  </ol>`;
}

// Screen readers learn the current step from aria-current, and upcoming steps from hidden text.
const stepItem = ({ state, label, at, duration }: TimelineStep, previous: number | undefined, context: BatchContext) =>
  html`<li part=${`step step-${state}`} data-state=${state} aria-current=${state === "current" ? "step" : nothing}>
    ${duration === undefined ? nothing : html`<span part="gap" class="gap"><bdi>${duration}</bdi></span>`}
    <span class="entry">
      <span class="step"><bdi>${label}</bdi>${state === "upcoming" ? upcoming(context) : nothing}</span
      >${at === undefined ? nothing : html` ${dateAndTime(at, previous, context)}`}</span
    >
  </li>`;

const upcoming = ({ message }: BatchContext) => html`<span class="hidden">, ${message("element.upcoming")}</span>`;

/** The time of the last step before an index that has one, in Unix seconds. */
const previousTime = (steps: readonly TimelineStep[], index: number): number | undefined =>
  steps.slice(0, index).findLast(({ at }) => at !== undefined)?.at;
