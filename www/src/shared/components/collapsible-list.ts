// Long lists: the first few open, the others a click away.
import { html, nothing, type TemplateResult } from "lit";
import { grouped } from "../text.js";

/** A list of which no more than `most` items stand open. */
export function folded<Item>(
  items: readonly Item[],
  most: number,
  item: (item: Item) => TemplateResult,
): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  const rest = items.slice(most);
  return html`
    <ul class="list">
      ${items.slice(0, most).map((each) => item(each))}
    </ul>
    ${
      rest.length === 0
        ? nothing
        : html`<details>
          <summary>${grouped(rest.length)} more</summary>
          <ul class="list">
            ${rest.map((each) => item(each))}
          </ul>
        </details>`
    }
  `;
}
