// Why the server rejected the input file.
import type { BatchView, ErrorView } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { grouped, shorten } from "../text.js";
import { folded } from "./fold.js";

const shownAtOnce = 4;

/** The server's reasons; nothing when it named none. */
export function errorList({ errors, errorCount, summary }: BatchView): TemplateResult | typeof nothing {
  if (errors.length === 0) return nothing;
  return html`<div class="reasons">
    <h4>${errorCount === 1 ? "The server’s reason" : `The server’s reasons, ${grouped(errorCount)} in all`}</h4>
    ${folded(errors, shownAtOnce, errors.length === 1 ? (error) => item(error, summary) : item)}
    ${errorCount > errors.length ? html`<p>The first ${grouped(errors.length)} are listed.</p>` : nothing}
  </div>`;
}

// The summary tells the first reason; a reason that is the only one need not be told twice.
const item = ({ text, code, param }: ErrorView, summary = "") => html`
  <li>
    ${summary.endsWith(text) && (code ?? param) ? nothing : html`<bdi>${text}</bdi>`}
    ${[code, param].map((name) => (name === undefined ? nothing : html`<code><bdi>${shorten(name, 80)}</bdi></code> `))}
  </li>
`;
