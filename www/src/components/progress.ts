// How far a batch is: one bar, said in words to those who do not see it.
import type { BatchView } from "batchlight";
import { html, nothing, svg, type TemplateResult } from "lit";

// Rounded down, so that the page never says 100 before the view does.
const percent = (fraction: number): number => Math.floor(fraction * 100);

/** The bar of a view; nothing where there is no count to go by and none to come. */
export function progressBar({ knownStatus, terminal, progress }: BatchView): TemplateResult | typeof nothing {
  const { fraction, succeededFraction = 0, text } = progress;
  if (fraction === undefined && (terminal || knownStatus === undefined)) return nothing;
  return html`
    <div class="progress">
      <div
        class="bar"
        role="progressbar"
        aria-label="Requests"
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${fraction === undefined ? nothing : percent(fraction)}
        aria-valuetext=${text}
      >
        <svg aria-hidden="true" width="100%" height="10">
          <rect class="track" x="0.5" y="0.5" width="100%" height="9" rx="4.5" />
          ${fraction === undefined ? unknown : segments(succeededFraction, fraction, terminal)}
        </svg>
      </div>
      <span class="percent" aria-hidden="true">${fraction === undefined ? text : `${percent(fraction)}%`}</span>
    </div>
  `;
}

// Drawn by attributes rather than styles: the policy allows no inline style, and printers keep it. Failed requests are
// hatched, not only coloured.
const segments = (succeeded: number, finished: number, terminal: boolean) => svg`
  <line class="failed" x1=${part(succeeded)} x2=${part(finished)} y1="5" y2="5" />
  <line class="hatch" x1=${part(succeeded)} x2=${part(finished)} y1="5" y2="5" />
  <line class=${terminal ? "succeeded" : "running"} x1="0" x2=${part(succeeded)} y1="5" y2="5" />
`;

const unknown = svg`<line class="unknown" x1="0" x2="100%" y1="5" y2="5" />`;

const part = (fraction: number): string => `${fraction * 100}%`;
