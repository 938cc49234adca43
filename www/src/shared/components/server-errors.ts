// Why the server rejected an input file: its reasons, those of one code together.
import type { BatchView, ErrorView } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { counted, grouped, shorten } from "../text.js";
import { folded } from "./collapsible-list.js";

const shownAtOnce = 4;
const mostOfAName = 80;
const mostOfAText = 600;

/** The reasons by code, in the order in which the codes appear. */
export function byCode(
  errors: readonly ErrorView[],
): readonly (readonly [code: string, errors: readonly ErrorView[]])[] {
  const codes = new Map<string, ErrorView[]>();
  for (const error of errors) {
    const known = codes.get(error.code ?? "");
    if (known) known.push(error);
    else codes.set(error.code ?? "", [error]);
  }
  return [...codes];
}

/** The reasons; nothing when the server named none. `about` adds to a group what is known of its code. */
export function reasonList(
  { errors, errorCount, summary }: BatchView,
  about: (code: string) => TemplateResult | typeof nothing = () => nothing,
): TemplateResult | typeof nothing {
  const [first] = errors;
  if (first === undefined) return nothing;
  const only = errors.length === 1 && errorCount === 1;
  // The summary tells the first reason; if there is no other, its text need not be told twice.
  const told = only && first.code !== undefined && summary.endsWith(first.text);
  return html`<div class="reasons">
    <p class="title">${only ? "The server’s reason" : `The server’s reasons, ${grouped(errorCount)} in all`}</p>
    <ul class="codes-of">
      ${byCode(errors).map(
        ([code, group]) =>
          html`<li class="reason">
            ${
              code === ""
                ? nothing
                : html`<p class="code">
                    <code><bdi>${shorten(code, mostOfAName)}</bdi></code
                    >${group.length > 1 ? html` <span class="many">${counted(group.length, "time")}</span>` : nothing}
                  </p>`
            }
            ${
              told
                ? param(first)
                : folded(
                    group,
                    shownAtOnce,
                    (error) => html`<li><bdi>${shorten(error.text, mostOfAText)}</bdi> ${param(error)}</li>`,
                  )
            }
            ${about(code)}
          </li>`,
      )}
    </ul>
    ${errorCount > errors.length ? html`<p>The first ${grouped(errors.length)} are listed.</p>` : nothing}
  </div>`;
}

const param = ({ param: at }: ErrorView) =>
  at
    ? html`<span class="param"
        >at <code><bdi>${shorten(at, mostOfAName)}</bdi></code></span
      >`
    : nothing;
