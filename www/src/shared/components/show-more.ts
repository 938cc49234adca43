// The button below a table that shows more of its rows.
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber } from "#common/format.js";

/**
 * Renders the button; nothing if all rows are shown.
 *
 * @param remaining the number of rows that are not shown
 * @param step the number of rows that a click shows
 */
export const showMore = (remaining: number, step: number, onClick: () => void): TemplateResult | typeof nothing =>
  remaining > 0
    ? html`<p><button type="button" @click=${onClick}>Show ${formatNumber(Math.min(step, remaining))} more</button></p>`
    : nothing;
