// The examples in their groups.
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { formatNumber } from "#common/format.js";
import { batchEntry } from "./batch-entry.js";
import type { Entry } from "./entry.js";
import type { Filter } from "./finder.js";
import { groups } from "./groups.js";

/** Renders the selected groups with their entries. */
export function groupSections(entries: readonly Entry[], { group: selected }: Filter): TemplateResult {
  const shown = groups
    .filter(([group]) => selected === undefined || selected === group)
    .map(([group, title]) => ({ group, title, entries: entries.filter(({ view }) => view.group === group) }))
    .filter(({ entries }) => entries.length > 0);
  if (shown.length === 0) return html`<p class="none">No matching examples.</p>`;
  return html`${shown.map(({ group, title, entries }) => section(group, title, entries))}`;
}

const section = (group: string, title: string, entries: readonly Entry[]) => html`
  <section class="group" data-group=${group} aria-labelledby=${`group-${group}`}>
    <h2 id=${`group-${group}`}>${title} <span class="many">${formatNumber(entries.length)}</span></h2>
    ${repeat(entries, ({ key }) => key, batchEntry)}
  </section>
`;
