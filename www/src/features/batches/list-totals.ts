// The totals of the listed batches: requests, tokens, and their cost.
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import type { StoredBatch } from "../../data/feed/batch-store.js";
import { costOf, formatCost, pricesOf } from "../../shared/prices.js";
import { tokensOf } from "./batch-facts.js";

/** Renders the totals; renders nothing for batches that used no tokens. */
export function listTotals(stored: readonly StoredBatch[]): TemplateResult | typeof nothing {
  let [tokens, cost, priced] = [0, 0, 0];
  const used = stored.flatMap(({ batch, view }) => {
    const tokens = tokensOf(batch);
    return tokens ? [{ tokens, model: view.model }] : [];
  });
  for (const { tokens: each, model } of used) {
    tokens += each.total;
    const prices = model === undefined ? undefined : pricesOf(model);
    if (!prices) continue;
    cost += costOf(each, prices);
    priced += 1;
  }
  if (tokens === 0) return nothing;
  return html`<p class="list-totals">
    ${pluralize(tokens, "token")} used by ${pluralize(used.length, "batch", "batches")}${
      priced === 0
        ? nothing
        : html`, cost ${formatCost(cost)}${
            priced < used.length ? ` for the ${formatNumber(priced)} with prices` : nothing
          }`
    }.
  </p>`;
}
