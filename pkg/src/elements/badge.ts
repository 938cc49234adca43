// A batch as a picture, for where no element lives: a README, a mail.
import { describeBatch, type ProfileName } from "#batchlight";
import { escaped } from "./ssr-template.js";
import { stageOf } from "./render-context.js";
import { shapes } from "./templates/icon.js";
import { plain } from "./sanitize.js";
import { colours } from "./colors.js";
import type { Messages } from "./messages.js";

/** How to draw a badge. */
export interface BadgeOptions {
  /** What stands before the status. Default: `batch`. */
  readonly subject?: string | undefined;
  /** The moment for which to draw it, in Unix seconds. Default: now. */
  readonly now?: number | undefined;
  /** Whose server it is. */
  readonly profile?: ProfileName | undefined;
  /** Texts by message id in place of the English ones. */
  readonly messages?: Messages | undefined;
}

const height = 22;
const font = "Verdana,DejaVu Sans,Geneva,sans-serif";

/**
 * A badge as SVG: the status in words, with its shape, in its colour; while the batch runs, how far it is.
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
  const { percent } = stageOf({ messages, now });
  const { fraction } = view.progress;
  const left = plain(subject, 40);
  const right = plain(view.label, 40) + (view.terminal || !fraction ? "" : ` ${percent(fraction)}`);
  const [leftWidth, rightWidth] = [widthOf(left), widthOf(right)];
  const edge = leftWidth + 16;
  const width = edge + rightWidth + 32;
  const text = (x: number, length: number, value: string) =>
    `<text x="${x}" y="15" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escaped(value)}</text>`;
  const name = escaped(`${left}: ${right}`);
  const colour = colours[`tone-${view.tone}`][0];
  const shape = shapes[view.icon].replaceAll('class="solid"', 'fill="#fff"');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="${name}">` +
    `<title>${name}</title>` +
    // Corners by paths: a clip needs an id, and a page may hold many badges.
    `<path fill="#3a3d43" d="M${edge} 0H4a4 4 0 0 0-4 4v14a4 4 0 0 0 4 4H${edge}Z"/>` +
    `<path fill="${colour}" d="M${edge} 0H${width - 4}a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4H${edge}Z"/>` +
    `<g transform="translate(${edge + 7} 3.5) scale(.75)" fill="none" stroke="#fff" stroke-width="2"` +
    ` stroke-linecap="round" stroke-linejoin="round">${shape}</g>` +
    `<g fill="#fff" font-family="${font}" font-size="11">` +
    `${text(8, leftWidth, left)}${text(edge + 25, rightWidth, right)}</g></svg>`
  );
}

/** About how wide a text is at 11 px; the text is then fitted to it. */
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
