// Long lists: the first items are shown, the others are in a collapsed section.
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber } from "#common/format.js";

/** Renders a list of which at most `maxShown` items are expanded. */
export function collapsibleList<Item>(
  items: readonly Item[],
  maxShown: number,
  render: (item: Item) => TemplateResult,
): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  const rest = items.slice(maxShown);
  return html`
    <ul class="list">
      ${items.slice(0, maxShown).map((item) => render(item))}
    </ul>
    ${
      rest.length === 0
        ? nothing
        : html`<details>
          <summary>${formatNumber(rest.length)} more</summary>
          <ul class="list">
            ${rest.map((item) => render(item))}
          </ul>
        </details>`
    }
  `;
}
