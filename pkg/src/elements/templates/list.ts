// The list: controls, and a row for each batch.
import { html, nothing, type TemplateResult } from "lit";
import { countByGroup, groups, type ListEntry, type ListQuery, orders } from "../list-model.js";
import { batchName, type RenderContext } from "../render-context.js";
import { sanitize } from "../sanitize.js";
import { icon } from "./icon.js";
import { bar, hasBar } from "./progress.js";
import { shortIdentifier } from "./short-identifier.js";
import { relativeTime } from "./time.js";

/** The state of a list. */
export interface ListState extends ListQuery {
  /** All batches. */
  readonly entries: readonly ListEntry[];
  /** The entries that match the query, in its order. */
  readonly shown: readonly ListEntry[];
  /** The rows as a server renders them. In a page, they are added to the list afterwards. */
  readonly rows?: readonly TemplateResult[];
  /** The id or the key of the selected batch. */
  readonly selected?: string | undefined;
  /** Whether further batches will be added. */
  readonly isBusy?: boolean | undefined;
}

/** The event handlers of a list. */
export interface ListHandlers {
  readonly onGroup: (event: Event) => void;
  readonly onOrder: (event: Event) => void;
  readonly onFind: (event: Event) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onRow: (event: Event) => void;
  readonly onFocus: (event: Event) => void;
}

/** Renders the list; without handlers on a server. */
export function list(state: ListState, context: RenderContext, handlers?: ListHandlers): TemplateResult {
  const { entries, shown, rows = nothing, isBusy = false } = state;
  const { message, number, locale } = context;
  const empty =
    shown.length > 0 || isBusy
      ? nothing
      : html`<p part="empty" class="empty">
          ${
            entries.length === 0
              ? html`<slot name="empty"><bdi>${message("element.none")}</bdi></slot>`
              : html`<bdi>${message("element.none_found")}</bdi>`
          }
        </p>`;
  return html`<section
    part="list"
    class="list"
    aria-label=${message("element.list")}
    aria-busy=${isBusy ? "true" : nothing}
    lang=${locale}
  >
    ${controls(state, context, handlers)}
    <p class="hidden" id="shown">
      ${message("element.shown", { shown: number(shown.length), total: number(entries.length) })}
    </p>
    ${empty}
    <ul
      role="list"
      class="rows"
      aria-describedby="shown"
      @keydown=${handlers?.onKey}
      @click=${handlers?.onRow}
      @focusin=${handlers?.onFocus}
    >
      ${rows}
    </ul>
  </section>`;
}

/** Whether an entry is the selected one, by its id or its key. */
export const isSelected = ({ key, view }: ListEntry, selected: string | undefined): boolean =>
  selected !== undefined && (selected === key || selected === view.id);

/** Renders the space of omitted rows. The height is an attribute, because a policy may forbid inline styles. */
export const gap = (height: number): TemplateResult =>
  html`<li class="gap" role="presentation"><svg height=${height}></svg></li>`;

function controls(
  { entries, group, order, find }: ListState,
  { message, number }: RenderContext,
  handlers?: ListHandlers,
) {
  const counts = countByGroup(entries);
  return html`<div part="controls" class="controls">
    <fieldset @change=${handlers?.onGroup}>
      <legend class="hidden">${message("element.group")}</legend>
      ${groups.map(
        (name) =>
          html`<label class="option"
            ><input
              type="radio"
              name="group"
              value=${name}
              ?checked=${name === group}
              .checked=${name === group}
            /><span>${message(`element.group.${name}`)} <span class="count">${number(counts[name])}</span></span></label
          >`,
      )}
    </fieldset>
    <div class="fields">
      <label class="field"
        ><span>${message("element.find")}</span> <input
          type="search"
          part="find"
          autocomplete="off"
          spellcheck="false"
          value=${find}
          .value=${find}
          @input=${handlers?.onFind}
      /></label>
      <label class="field"
        ><span>${message("element.sort")}</span> <select part="sort" @change=${handlers?.onOrder}>
          ${orders.map(
            (name) =>
              html`<option value=${name} ?selected=${name === order} .selected=${name === order}>
                ${message(`element.sort.${name}`)}
              </option>`,
          )}
        </select></label
      >
    </div>
    <slot name="controls"></slot>
  </div>`;
}

/** Maximum lengths of strings in a row, in UTF-16 code units. */
const maxIdentifier = 60;
const maxSummary = 200;

/** How a row is shown among the others. */
export interface RowState {
  readonly isTabStop: boolean;
  readonly isSelected: boolean;
  /** The position of the row, from 1, and the number of rows; `undefined` if all rows are in the page. */
  readonly position?: number | undefined;
  readonly size?: number | undefined;
}

/** Renders a row. `created` is the rendered time of its creation. */
export function row(
  { key, view, name }: ListEntry,
  { isTabStop, isSelected, position, size }: RowState,
  context: RenderContext,
  created = createdTime(view.createdAt, context),
): TemplateResult {
  const batchContext = { ...context, view };
  const requests = [view.model, view.endpoint]
    .filter((text) => text !== undefined && text !== "")
    .map((text) => sanitize(text ?? "", maxIdentifier));
  const label = sanitize(view.label, maxIdentifier);
  const text = view.progress.fraction === undefined ? sanitize(view.summary, maxSummary) : view.progress.text;
  return html`<li
    part="row"
    class="row"
    data-tone=${view.tone}
    data-group=${view.group}
    aria-posinset=${position ?? nothing}
    aria-setsize=${size ?? nothing}
  >
    <button
      type="button"
      part="row-button"
      class="row-button"
      data-key=${key}
      tabindex=${isTabStop ? "0" : "-1"}
      aria-current=${isSelected ? "true" : nothing}
    >
      ${name ? html`<span class="name"><bdi>${sanitize(name, maxSummary)}</bdi></span> ` : nothing}${
        view.id ? html`<span class="id">${shortIdentifier(view.id, maxIdentifier)}</span> ` : nothing
      }<span class="status">${icon(view)}<span class="label"><bdi>${label}</bdi></span></span>
    </button
    ><span class="row-progress"
      >${hasBar(batchContext) ? bar(batchContext, batchName(view, batchContext)) : nothing}<span class="row-summary"
        ><bdi>${text}</bdi></span
      ></span
    ><span
      class="row-requests"
      >${requests.map((text) => html`<code><bdi>${text}</bdi></code> `)}</span
    ><span class="row-created">${created}</span>
  </li>`;
}

/** Renders the time of the creation of a batch. */
export const createdTime = (createdAt: number | undefined, context: RenderContext): TemplateResult | typeof nothing =>
  createdAt === undefined ? nothing : relativeTime(createdAt, context);
