// Times, short in the page and in full in the tooltip and the `datetime` attribute.
import { html, type TemplateResult } from "lit";
import type { FormattedTime } from "../formatters.js";
import type { RenderContext } from "../render-context.js";

/** Renders a time, in Unix seconds, as a distance from now. */
export function relativeTime(seconds: number, { time }: RenderContext): TemplateResult {
  const formatted = time(seconds);
  return formatted ? timeElement(formatted, formatted.relative) : unformattedTime(seconds);
}

/**
 * Renders a time as date and time of day; without the date if the previous time is of the same day. Both are in Unix
 * seconds.
 */
export function dateAndTime(seconds: number, previous: number | undefined, { time }: RenderContext): TemplateResult {
  const formatted = time(seconds);
  if (!formatted) return unformattedTime(seconds);
  const { date, timeOfDay } = formatted;
  const isSameDay = previous !== undefined && time(previous)?.date === date;
  return timeElement(formatted, isSameDay ? timeOfDay : `${date}, ${timeOfDay}`);
}

const timeElement = ({ iso, full }: FormattedTime, text: string) =>
  html`<time part="time" class="time" datetime=${iso} title=${full}
    ><bdi>${text}</bdi></time
  >`;

const unformattedTime = (seconds: number) => html`<span part="time" class="time">${seconds}</span>`;
