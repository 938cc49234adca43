// Why the server rejected the input file.
import type { BatchView, ErrorView } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { grouped, shorten } from "../text.js";
import { folded } from "./fold.js";

const shownAtOnce = 4;

/** The server's reasons; nothing when it named none. */
export function errorList(view: BatchView): TemplateResult | typeof nothing {
  const { errors, errorCount } = view;
  const [first] = errors;
  if (first === undefined) return nothing;
  if (errors.length === 1) return html`<p class="reasons"><b>The server’s reason:</b> ${theOnly(first, view)}</p>`;
  return html`<div class="reasons">
    <h4>The server’s reasons, ${grouped(errorCount)} in all</h4>
    ${folded(errors, shownAtOnce, (error) => html`<li><bdi>${error.text}</bdi> ${codes(error)}</li>`)}
    ${errorCount > errors.length ? html`<p>The first ${grouped(errors.length)} are listed.</p>` : nothing}
  </div>`;
}

/** The summary tells the first reason; if there is no other, its text need not be told twice. */
const theOnly = (error: ErrorView, { summary }: BatchView) =>
  summary.endsWith(error.text) && error.code ? codes(error) : html`<bdi>${error.text}</bdi> ${codes(error)}`;

const codes = ({ code, param }: ErrorView) => html`${name(code)}${code && param ? " at " : nothing}${name(param)}`;

const name = (text: string | undefined) => (text ? html`<code><bdi>${shorten(text, 80)}</bdi></code>` : nothing);
