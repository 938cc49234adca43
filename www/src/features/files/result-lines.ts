// Lines of results that need a look: what each list is about, and the first of its lines.
import type { Listed, ResultPlace } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { collapsibleList } from "../../shared/components/collapsible-list.js";
import { formatNumber } from "../../shared/text.js";
import type { LoadedFile } from "./file-role.js";
import { issueItem, type PlaceFile } from "./issue-list.js";

const atOnce = 3;

/** The files by what they were given as: places in results name a file by that, and by its number. */
export type Given = Readonly<Record<"input" | "output" | "error", readonly LoadedFile[]>>;

/** A list under its heading; nothing where it is empty. */
export function listed(
  { count, lines }: Listed,
  one: string,
  several: string,
  given: Given,
): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  const fileOf = ({ file, index }: ResultPlace): PlaceFile | undefined => {
    const held = given[file][index];
    return held && { file: held.file, name: held.file.name };
  };
  return html`<div class="listed">
    <h3>${formatNumber(count)} ${count === 1 ? one : several}</h3>
    ${collapsibleList(lines, atOnce, (issue) => issueItem(issue, fileOf, true))}
    ${count > lines.length ? html`<p class="unlisted">and ${formatNumber(count - lines.length)} more</p>` : nothing}
  </div>`;
}
