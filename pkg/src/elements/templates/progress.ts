// The progress bar, with its value as text for screen readers.
import { html, nothing, svg, type TemplateResult } from "lit";
import type { BatchContext } from "../render-context.js";

/** Renders the bar and the percentage; nothing for a batch without a bar. */
export function progress(context: BatchContext): TemplateResult | typeof nothing {
  const { view, locale, percent } = context;
  const { fraction, text } = view.progress;
  if (!hasBar(context)) return nothing;
  return html`<div part="progress" class="progress" lang=${locale}>
    ${bar(context)}<span part="text" class="text" aria-hidden="true"
      ><slot name="text"><bdi>${fraction === undefined ? text : percent(fraction)}</bdi></slot></span
    >
  </div>`;
}

/** Whether a batch has a bar: its progress is known, or can become known because the batch has not ended. */
export const hasBar = ({ view: { progress, terminal, knownStatus } }: BatchContext): boolean =>
  progress.fraction !== undefined || !(terminal || knownStatus === undefined);

/** Renders the bar without the percentage. */
export function bar({ view, message }: BatchContext, name = message("element.progress")): TemplateResult {
  const { fraction, succeededFraction = 0, text } = view.progress;
  return html`<div
    part="bar"
    class="bar"
    role="progressbar"
    aria-label=${name}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${fraction === undefined ? nothing : Math.floor(fraction * 100)}
    aria-valuetext=${text}
  >
    <svg aria-hidden="true">
      <rect part="track" class="track" x="0.5" y="0.5" width="100%" height="100%"></rect>
      ${fraction === undefined ? unknownSegment() : segments(succeededFraction, fraction, view.terminal)}
    </svg>
  </div>`;
}

// Sizes are attributes, because a Content-Security-Policy may forbid inline styles. Failed requests are hatched as well
// as colored.
const segments = (succeeded: number, finished: number, terminal: boolean) =>
  svg`<line
      part="segment segment-failed"
      class="failed"
      x1=${percentage(succeeded)}
      x2=${percentage(finished)}
      y1="50%"
      y2="50%"
    ></line>
    <line class="hatch" x1=${percentage(succeeded)} x2=${percentage(finished)} y1="50%" y2="50%"></line>
    <line
      part="segment segment-succeeded"
      class=${terminal ? "succeeded" : "running"}
      x1="0"
      x2=${percentage(succeeded)}
      y1="50%"
      y2="50%"
    ></line>`;

const unknownSegment = () => svg`<line
  part="segment segment-unknown"
  class="unknown"
  x1="0"
  x2="100%"
  y1="50%"
  y2="50%"
></line>`;

const percentage = (fraction: number): string => `${fraction * 100}%`;
