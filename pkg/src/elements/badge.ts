// badgeSvg: draws a badge as an SVG image, for places without elements such as a README or an email.
import type { ProfileName } from "#batchlight";
import { describeBatch } from "../runtime/registered-core.js";
import { colors } from "./colors.js";
import { type Messages, sharedMessages } from "./messages.js";
import { createContext } from "./render-context.js";
import { sanitize } from "./sanitize.js";
import { escapeHtml } from "./ssr-template.js";
import { shapes } from "./templates/icon.js";

/** Options of `badgeSvg`. */
export interface BadgeOptions {
  /** The text before the status. Default: `batch`. */
  readonly subject?: string | undefined;
  /** The current time, in Unix seconds. Default: the system clock. */
  readonly now?: number | undefined;
  /** The provider whose rules apply. Default: `openai`. */
  readonly profile?: ProfileName | undefined;
  /** Messages by id that replace the English ones, such as the pack `de`. */
  readonly messages?: Messages | undefined;
}

const height = 22;
const font = "Verdana,DejaVu Sans,Geneva,sans-serif";

/**
 * Draws a badge as SVG: the label of the batch with its icon and color, and the finished percentage while it runs.
 *
 * @example
 * import { badgeSvg } from "batchlight/elements";
 * const badge = badgeSvg({ status: "cancelled", request_counts: { total: 3, completed: 0, failed: 0 } });
 * console.log(badge.startsWith("<svg")); // true
 */
export function badgeSvg(
  batch: unknown,
  { subject = "batch", now = Date.now() / 1000, profile, messages }: BadgeOptions = {},
): string {
  const view = describeBatch(batch, { now, profile, messages });
  const { percent } = createContext({ english: sharedMessages, messages, now });
  const { fraction } = view.progress;
  const left = sanitize(subject, 40);
  const right = sanitize(view.label, 40) + (view.terminal || !fraction ? "" : ` ${percent(fraction)}`);
  const [leftWidth, rightWidth] = [widthOf(left), widthOf(right)];
  const divider = leftWidth + 16;
  const width = divider + rightWidth + 32;
  const text = (x: number, length: number, value: string) =>
    `<text x="${x}" y="15" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escapeHtml(value)}</text>`;
  const name = escapeHtml(`${left}: ${right}`);
  const color = colors[`tone-${view.tone}`][0];
  const shape = shapes[view.icon].replaceAll('class="solid"', 'fill="#fff"');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="${name}">` +
    `<title>${name}</title>` +
    // Rounded corners as paths: a clip path needs an id, and a page may hold several badges.
    `<path fill="#3a3d43" d="M${divider} 0H4a4 4 0 0 0-4 4v14a4 4 0 0 0 4 4H${divider}Z"/>` +
    `<path fill="${color}" d="M${divider} 0H${width - 4}a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4H${divider}Z"/>` +
    `<g transform="translate(${divider + 7} 3.5) scale(.75)" fill="none" stroke="#fff" stroke-width="2"` +
    ` stroke-linecap="round" stroke-linejoin="round">${shape}</g>` +
    `<g fill="#fff" font-family="${font}" font-size="11">` +
    `${text(8, leftWidth, left)}${text(divider + 25, rightWidth, right)}</g></svg>`
  );
}

/** Estimates the width of a text at 11 px, in pixels. `textLength` then fits the text to it. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text)
    width +=
      character >= "\u1100"
        ? 11.5
        : /[\s.,:;'!|ijltfI]/.test(character)
          ? 4.2
          : /[A-Z%mw@]/.test(character)
            ? 8.6
            : 6.8;
  return Math.ceil(width);
}
