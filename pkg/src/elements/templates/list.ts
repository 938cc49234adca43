// A page of batches: controls above, a row for each below.
import type { BatchView } from "#batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { counted, type Choice, type Entry, groups, listed, orders } from "../list-model.js";
import { nameOf, type Stage } from "../render-context.js";
import { plain } from "../sanitize.js";
import { icon } from "./icon.js";
import { bar, hasBar } from "./progress.js";
import { ago } from "./time.js";

/** A list, as it stands. */
export interface ListState extends Choice {
  /** All batches. */
  readonly entries: readonly Entry[];
  /** The key of the row that the Tab key leads to; by default the first. */
  readonly at?: string | undefined;
  /** The id or key of the batch shown elsewhere on the page. */
  readonly selected?: string | undefined;
  /** Whether more is to come. */
  readonly busy?: boolean | undefined;
}

/** What a list does when it is used. Not there when it is only written. */
export interface ListActions {
  readonly onGroup: (event: Event) => void;
  readonly onOrder: (event: Event) => void;
  readonly onFind: (event: Event) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onRow: (event: Event) => void;
  readonly onFocus: (event: Event) => void;
}

/** The list. */
export function list(state: ListState, stage: Stage, does?: ListActions): TemplateResult {
  const { entries, busy = false } = state;
  const { say, number, locale } = stage;
  const shown = listed(entries, state);
  const at = shown.find(({ key }) => key === state.at)?.key ?? shown[0]?.key;
  const none =
    shown.length > 0 || busy
      ? nothing
      : html`<p part="none" class="none">
          ${
            entries.length === 0
              ? html`<slot name="empty"><bdi>${say("element.none")}</bdi></slot>`
              : html`<bdi>${say("element.none_found")}</bdi>`
          }
        </p>`;
  return html`<section
    part="list"
    class="list"
    aria-label=${say("element.list")}
    aria-busy=${busy ? "true" : nothing}
    lang=${locale}
  >
    ${controls(state, stage, does)}
    <p class="hidden" id="shown">
      ${say("element.shown", { shown: number(shown.length), total: number(entries.length) })}
    </p>
    ${none}
    <ul
      role="list"
      class="rows"
      aria-describedby="shown"
      @keydown=${does?.onKey}
      @click=${does?.onRow}
      @focusin=${does?.onFocus}
    >
      ${repeat(
        shown,
        ({ key }) => key,
        (entry) => keptRow(entry, entry.key === at, isSelected(entry, state), stage),
      )}
    </ul>
  </section>`;
}

const isSelected = ({ key, view }: Entry, { selected }: ListState): boolean =>
  selected !== undefined && (selected === key || selected === view.id);

function controls({ entries, group, order, find }: ListState, { say, number }: Stage, does?: ListActions) {
  const counts = counted(entries);
  return html`<div part="controls" class="controls">
    <fieldset @change=${does?.onGroup}>
      <legend class="hidden">${say("element.group")}</legend>
      ${groups.map(
        (name) =>
          html`<label class="option"
            ><input
              type="radio"
              name="group"
              value=${name}
              ?checked=${name === group}
              .checked=${name === group}
            /><span>${say(`element.group.${name}`)} <span class="many">${number(counts[name])}</span></span></label
          >`,
      )}
    </fieldset>
    <div class="fields">
      <label class="field"
        ><span>${say("element.find")}</span> <input
          type="search"
          part="find"
          autocomplete="off"
          spellcheck="false"
          value=${find}
          .value=${find}
          @input=${does?.onFind}
      /></label>
      <label class="field"
        ><span>${say("element.sort")}</span> <select part="sort" @change=${does?.onOrder}>
          ${orders.map(
            (name) =>
              html`<option value=${name} ?selected=${name === order} .selected=${name === order}>
                ${say(`element.sort.${name}`)}
              </option>`,
          )}
        </select></label
      >
    </div>
    <slot name="controls"></slot>
  </div>`;
}

/** What a row was last written from. */
interface Written {
  stage: Stage;
  readonly reachable: boolean;
  readonly selected: boolean;
  readonly relative: string | undefined;
  readonly row: unknown;
}

const written = new WeakMap<BatchView, Written>();

// A row is written anew only when something of it changes: with a thousand of them, most of an update is rows that
// stay. Those are handed to Lit as the very same objects, so that an update leaves next to nothing to collect.
function keptRow(entry: Entry, reachable: boolean, selected: boolean, stage: Stage): unknown {
  const known = written.get(entry.view);
  const stays = known?.reachable === reachable && known.selected === selected;
  if (stays && known.stage === stage) return known.row;
  const { createdAt } = entry.view;
  const relative = createdAt === undefined ? undefined : stage.relative(createdAt);
  // The numbers are written by the same function in the same language and zone.
  if (
    stays &&
    known.relative === relative &&
    known.stage.messages === stage.messages &&
    known.stage.number === stage.number
  ) {
    known.stage = stage;
    return known.row;
  }
  const row = guard([entry.view, reachable, selected, stage.messages, stage.number, relative], () =>
    writeRow(entry, reachable, selected, stage),
  );
  written.set(entry.view, { stage, reachable, selected, relative, row });
  return row;
}

function writeRow({ key, view }: Entry, reachable: boolean, selected: boolean, stage: Stage): TemplateResult {
  const scene = { ...stage, view };
  const where = [view.endpoint, view.model]
    .filter((text) => text !== undefined && text !== "")
    .map((text) => plain(text ?? "", 60));
  return html`<li part="row" class="row" data-tone=${view.tone} data-group=${view.group}>
    <button
      type="button"
      part="row-button"
      class="open"
      data-key=${key}
      tabindex=${reachable ? "0" : "-1"}
      aria-current=${selected ? "true" : nothing}
    >
      ${icon(view)}<span class="label"><bdi>${plain(view.label, 60)}</bdi></span
      >${view.id ? html` <code class="id"><bdi>${plain(view.id, 60)}</bdi></code>` : nothing}</button
    ><span class="about"><bdi>${plain(view.summary, 200)}</bdi></span
    >${hasBar(scene) ? html`<span class="how-far">${bar(scene, nameOf(view, scene))}</span>` : html`<span></span>`}<span
      class="where"
      >${where.map((text) => html`<code><bdi>${text}</bdi></code> `)}</span
    ><span class="since">${since(view.createdAt, stage)}</span>
  </li>`;
}

// Dates are dear to write, and this one stays when all else of a row changes.
const since = (created: number | undefined, stage: Stage) =>
  created === undefined ? nothing : guard([created, stage.number, stage.relative(created)], () => ago(created, stage));
