// Icons of verdicts on files, drawn as the package draws them for batches. Each stands beside text that says the same.
import type { Icon, Motion } from "batchlight";
import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

const ring = svg`<circle cx="10" cy="10" r="7" />`;
const faintRing = svg`<circle cx="10" cy="10" r="7" class="faint" />`;
const triangle = svg`<path d="M10 3.3 17.3 16H2.7Z" />`;
const octagon = svg`<path d="M7 2.8h6L17.2 7v6L13 17.2H7L2.8 13V7Z" />`;
const dot = (x: number, y: number) => svg`<circle cx=${x} cy=${y} r="0.6" class="solid" />`;

const shapes = {
  circle: ring,
  ring: svg`${faintRing}<path d="M10 3a7 7 0 0 1 6.1 10.4" class="heavy" />`,
  "circle-check": svg`${ring}<path d="m6.9 10.2 2.2 2.2 4.1-4.6" />`,
  "triangle-alert": svg`${triangle}<path d="M10 8v3.4" />${dot(10, 13.6)}`,
  "triangle-question": svg`${triangle}<path d="M8.6 9.1a1.45 1.45 0 1 1 2.2 1.2c-.6.4-.8.6-.8 1.2" />${dot(10, 13.7)}`,
  "octagon-cross": svg`${octagon}<path d="m7.6 7.6 4.8 4.8m0-4.8-4.8 4.8" />`,
  "circle-slash": svg`${ring}<path d="m5.1 14.9 9.8-9.8" />`,
} as const satisfies Partial<Record<Icon, SVGTemplateResult>>;

/** The name of an icon. */
export type IconName = keyof typeof shapes;

/** Renders an icon. */
export const icon = (name: IconName, motion: Motion = "still"): TemplateResult =>
  html`<svg class="icon" data-motion=${motion} viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    ${shapes[name]}
  </svg>`;
