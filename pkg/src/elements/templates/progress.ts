// How far a batch is: one bar, said in words to those who do not see it.
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Scene } from "../render-context.js";

/** The bar of a view; nothing where there is no count to go by and none to come. */
export function progress(scene: Scene): TemplateResult | typeof nothing {
  const { view, locale, percent } = scene;
  const { fraction, text } = view.progress;
  if (!hasBar(scene)) return nothing;
  return html`<div part="progress" class="progress" lang=${locale}>
    ${bar(scene)}<span part="text" class="text" aria-hidden="true"
      ><slot name="text"><bdi>${fraction === undefined ? text : percent(fraction)}</bdi></slot></span
    >
  </div>`;
}

/** Whether there is a bar to show. */
export const hasBar = ({ view: { progress, terminal, knownStatus } }: Scene): boolean =>
  progress.fraction !== undefined || !(terminal || knownStatus === undefined);

/** The bar alone. */
export function bar({ view, say }: Scene, name = say("element.requests")): TemplateResult {
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
    <svg aria-hidden="true" width="100%" height="10">
      <rect part="track" class="track" x="0.5" y="0.5" width="100%" height="9" rx="4.5"></rect>
      ${fraction === undefined ? unknown : segments(succeededFraction, fraction, view.terminal)}
    </svg>
  </div>`;
}

// Drawn by attributes rather than styles: a page's policy may allow no inline style, and printers keep it. Failed
// requests are hatched, not only coloured.
const segments = (succeeded: number, finished: number, terminal: boolean) =>
  svg`<line
      part="segment segment-failed"
      class="failed"
      x1=${part(succeeded)}
      x2=${part(finished)}
      y1="5"
      y2="5"
    ></line>
    <line class="hatch" x1=${part(succeeded)} x2=${part(finished)} y1="5" y2="5"></line>
    <line
      part="segment segment-succeeded"
      class=${terminal ? "succeeded" : "running"}
      x1="0"
      x2=${part(succeeded)}
      y1="5"
      y2="5"
    ></line>`;

const unknown = svg`<line part="segment segment-unknown" class="unknown" x1="0" x2="100%" y1="5" y2="5"></line>`;

const part = (fraction: number): string => `${fraction * 100}%`;
