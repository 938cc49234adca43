// The examples, by groups.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Entry } from "./entry.js";
import { groups } from "./groups.js";
import { formatNumber } from "../../shared/text.js";
import { batch } from "./batch-entry.js";
import type { Filter } from "./finder.js";

/** The groups chosen, with those entries that were found. */
export function board(found: readonly Entry[], { group: chosen }: Filter): TemplateResult {
  const shown = groups
    .filter(([group]) => chosen === undefined || chosen === group)
    .map(([group, title]) => ({ group, title, entries: found.filter(({ view }) => view.group === group) }))
    .filter(({ entries }) => entries.length > 0);
  if (shown.length === 0) return html`<p class="none">No example holds all of that.</p>`;
  return html`${shown.map(({ group, title, entries }) => section(group, title, entries))}`;
}

const section = (group: string, title: string, entries: readonly Entry[]) => html`
  <section class="group" data-group=${group} aria-labelledby=${`group-${group}`}>
    <h2 id=${`group-${group}`}>${title} <span class="many">${formatNumber(entries.length)}</span></h2>
    ${entries.length === 0 ? nothing : repeat(entries, ({ key }) => key, batch)}
  </section>
`;
