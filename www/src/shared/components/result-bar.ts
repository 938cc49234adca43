// The proportions of succeeded, incomplete, failed and running requests.
import { html, nothing, svg, type TemplateResult } from "lit";

/** Counts of requests. */
interface Counts {
  readonly requests: number;
  readonly succeeded: number;
  readonly incomplete: number;
  readonly failed: number;
  /** Requests of running batches that are finished, whatever their results are. */
  readonly running?: number | undefined;
}

/** Renders the proportions as a bar. Screen readers skip it: text beside it says the same. */
export function resultBar({
  requests,
  succeeded,
  incomplete,
  failed,
  running = 0,
}: Counts): TemplateResult | typeof nothing {
  if (requests === 0) return nothing;
  const answered = succeeded + incomplete;
  const settled = answered + failed;
  const percent = (count: number): string => `${(Math.min(count, requests) / requests) * 100}%`;
  return html`<div class="bar" aria-hidden="true">
    <svg width="100%" height="10">
      <rect class="track" x="0.5" y="0.5" width="100%" height="9" rx="4.5" />
      ${svg`<line class="running" x1=${percent(settled)} x2=${percent(settled + running)} y1="5" y2="5" />
        <line class="failed" x1=${percent(answered)} x2=${percent(settled)} y1="5" y2="5" />
        <line class="hatch" x1=${percent(answered)} x2=${percent(settled)} y1="5" y2="5" />
        <line class="incomplete" x1=${percent(succeeded)} x2=${percent(answered)} y1="5" y2="5" />
        <line class="succeeded" x1="0" x2=${percent(succeeded)} y1="5" y2="5" />`}
    </svg>
  </div>`;
}
