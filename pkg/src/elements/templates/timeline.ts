// The steps a batch took, with the time between them, and those still ahead.
import type { TimelineStep } from "#batchlight";
import { html, nothing, type TemplateResult } from "lit";
import type { Scene } from "../render-context.js";
import { stamp } from "./time.js";

/** The steps as a list; nothing when there are none. */
export function timeline(scene: Scene): TemplateResult | typeof nothing {
  const { view, say, locale } = scene;
  if (view.timeline.length === 0) return nothing;
  return html`<ol
    part="timeline"
    class="timeline"
    role="list"
    data-tone=${view.tone}
    aria-label=${say("element.timeline")}
    lang=${locale}
  >
    ${view.timeline.map((step, index) => item(step, stampBefore(view.timeline, index), scene))}
  </ol>`;
}

// The step a batch is in is said by aria-current; that one is ahead, by words.
const item = ({ state, label, at, duration }: TimelineStep, before: number | undefined, scene: Scene) =>
  html`<li part=${`step step-${state}`} data-state=${state} aria-current=${state === "current" ? "step" : nothing}>
    ${duration === undefined ? nothing : html`<span part="gap" class="gap"><bdi>${duration}</bdi></span>`}<span
      class="step"
      ><bdi>${label}</bdi
      >${state === "upcoming" ? html`<span class="hidden">, ${scene.say("element.upcoming")}</span>` : nothing}</span
    >${at === undefined ? nothing : html` ${stamp(at, before, scene)}`}
  </li>`;

const stampBefore = (steps: readonly TimelineStep[], index: number): number | undefined =>
  steps.slice(0, index).findLast(({ at }) => at !== undefined)?.at;
