// Dates and times as the elements format them: in English, in the variant that the browser prefers.
import { html, type TemplateResult } from "lit";
import { dateOf } from "./text.js";

const locale = navigator.languages.find((language) => language.toLowerCase().startsWith("en")) ?? "en";
const dates = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const timesOfDay = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" });

/** Formats a day in Unix seconds: `29 Dec 2026`; `undefined` beyond the range of `Date`. */
export function formatDate(seconds: number): string | undefined {
  const date = dateOf(seconds);
  return date && dates.format(date);
}

/** Renders a time of day in Unix seconds, with the full date in its tooltip. */
export function timeOfDay(seconds: number): TemplateResult {
  const date = dateOf(seconds);
  if (!date) return html`<span>unknown time</span>`;
  return html`<time datetime=${date.toISOString()} title=${full.format(date)}>${timesOfDay.format(date)}</time>`;
}
