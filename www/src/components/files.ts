// The files of a batch.
import type { FileView } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { shorten } from "../text.js";

const mostOfAnId = 160;

/** The files with their ids; a click selects a whole id. */
export function fileList(files: readonly FileView[]): TemplateResult | typeof nothing {
  if (files.length === 0) return nothing;
  return html`<dl class="files">
    ${files.map(({ label, id }) => html`<div><dt>${label}</dt><dd><code class="id"><bdi>${shorten(id, mostOfAnId)}</bdi></code></dd></div>`)}
  </dl>`;
}
