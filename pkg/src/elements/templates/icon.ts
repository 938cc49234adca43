// The icons of statuses. A label with the same meaning always stands beside an icon.
import type { BatchView, Icon } from "#batchlight";
import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

const ring = '<circle cx="10" cy="10" r="7"/>';
const dashedSquare = '<rect x="3" y="3" width="14" height="14" rx="3" stroke-dasharray="3 2.2"/>';
const triangle = '<path d="M10 3.3 17.3 16H2.7Z"/>';
const dot = (x: number, y: number) => `<circle cx="${x}" cy="${y}" r="0.6" class="solid"/>`;

/** SVG markup by icon name, for a view box of 20 by 20. Shapes are stroked; those of class `solid` are filled. */
export const shapes = {
  "circle-dashed": '<circle cx="10" cy="10" r="7" stroke-dasharray="3.2 2.3"/>',
  circle: ring,
  ring: '<circle cx="10" cy="10" r="7" opacity="0.4"/><path d="M10 3a7 7 0 0 1 6.1 10.4" stroke-width="2.4"/>',
  "ring-file": `${ring}<path d="M7.2 8h5.6M7.2 10.4h5.6M7.2 12.8h3.2" stroke-width="1.3"/>`,
  "ring-square": `${ring}<rect x="7.6" y="7.6" width="4.8" height="4.8" class="solid"/>`,
  "circle-check": `${ring}<path d="m6.9 10.2 2.2 2.2 4.1-4.6"/>`,
  "triangle-alert": `${triangle}<path d="M10 8v3.4"/>${dot(10, 13.6)}`,
  "triangle-question": `${triangle}<path d="M8.6 9.1a1.45 1.45 0 1 1 2.2 1.2c-.6.4-.8.6-.8 1.2"/>${dot(10, 13.7)}`,
  "octagon-cross": '<path d="M7 2.8h6L17.2 7v6L13 17.2H7L2.8 13V7Z"/><path d="m7.6 7.6 4.8 4.8m0-4.8-4.8 4.8"/>',
  "clock-alert": `<path d="M14.6 5.9a6.5 6.5 0 1 0 0 8.2M9.5 6.4V10l2.4 1.8M17.6 6v4.6"/>${dot(17.6, 13.2)}`,
  "circle-slash": `${ring}<path d="m5.1 14.9 9.8-9.8"/>`,
  question: `${dashedSquare}<path d="M8.3 8.2a1.75 1.75 0 1 1 2.6 1.5c-.6.4-.9.7-.9 1.4"/>${dot(10, 13.6)}`,
} as const satisfies Record<Icon, string>;

const templates = new Map<Icon, SVGTemplateResult>();

/** The template of an icon, created once: Lit identifies a template by its array of strings. */
function templateOf(name: Icon): SVGTemplateResult {
  let template = templates.get(name);
  if (template === undefined) {
    const markup = shapes[name];
    template = svg(Object.assign([markup], { raw: [markup] }));
    templates.set(name, template);
  }
  return template;
}

/** Renders the icon of a view. */
export const icon = ({ icon: name, motion }: BatchView): TemplateResult =>
  html`<svg
    part="icon"
    class="icon"
    data-motion=${motion}
    viewBox="0 0 20 20"
    width="20"
    height="20"
    aria-hidden="true"
  >
    ${templateOf(name)}
  </svg>`;
