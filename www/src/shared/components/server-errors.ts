// The errors for which the server rejected an input file, grouped by code.
import type { BatchView, ErrorView } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import { truncate } from "../text.js";
import { collapsibleList } from "./collapsible-list.js";

const maxShown = 4;
const maxNameLength = 80;
const maxTextLength = 600;

/** Groups errors by code, in the order in which the codes appear. */
export function groupByCode(
  errors: readonly ErrorView[],
): readonly (readonly [code: string, errors: readonly ErrorView[]])[] {
  const groups = new Map<string, ErrorView[]>();
  for (const error of errors) {
    const group = groups.get(error.code ?? "");
    if (group) group.push(error);
    else groups.set(error.code ?? "", [error]);
  }
  return [...groups];
}

/** Renders the errors, or nothing when the server sent none. `details` adds more about a code to its group. */
export function serverErrorList(
  { errors, errorCount, summary }: BatchView,
  details: (code: string) => TemplateResult | typeof nothing = () => nothing,
): TemplateResult | typeof nothing {
  const [first] = errors;
  if (first === undefined) return nothing;
  const isSingle = errors.length === 1 && errorCount === 1;
  // The summary contains the first error, so a single error need not be repeated.
  const inSummary = isSingle && first.code !== undefined && summary.endsWith(first.text);
  return html`<div class="reasons">
    <p class="title">${isSingle ? "Error from the server" : `${formatNumber(errorCount)} errors from the server`}</p>
    <ul class="codes-of">
      ${groupByCode(errors).map(
        ([code, group]) =>
          html`<li class="reason">
            ${
              code === ""
                ? nothing
                : html`<p class="code">
                    <code><bdi>${truncate(code, maxNameLength)}</bdi></code
                    >${group.length > 1 ? html` <span class="many">${pluralize(group.length, "time")}</span>` : nothing}
                  </p>`
            }
            ${
              inSummary
                ? param(first)
                : collapsibleList(
                    group,
                    maxShown,
                    (error) => html`<li><bdi>${truncate(error.text, maxTextLength)}</bdi> ${param(error)}</li>`,
                  )
            }
            ${details(code)}
          </li>`,
      )}
    </ul>
    ${errorCount > errors.length ? html`<p>Showing the first ${formatNumber(errors.length)}.</p>` : nothing}
  </div>`;
}

const param = ({ param: path }: ErrorView) =>
  path
    ? html`<span class="param"
        >at <code><bdi>${truncate(path, maxNameLength)}</bdi></code></span
      >`
    : nothing;
