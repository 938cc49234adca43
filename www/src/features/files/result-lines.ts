// Lists of result lines with a problem, such as malformed lines or duplicates.
import type { FileRole, IssueList, ResultPlace } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import { collapsibleList } from "../../shared/components/collapsible-list.js";
import type { LoadedFile } from "./file-role.js";
import { issueItem, type PlaceFile } from "./issue-item.js";

const maxShown = 3;

/** The files by role. A place in the results names its file by role and index. */
export type FilesByRole = Readonly<Record<FileRole, readonly LoadedFile[]>>;

/** Renders a list with its heading, `3 lines have no custom_id`; renders nothing when the list is empty. */
export function resultLines(
  { count, lines }: IssueList,
  singular: string,
  plural: string,
  files: FilesByRole,
): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  const fileOf = ({ file: role, index }: ResultPlace): PlaceFile | undefined => {
    const loaded = files[role][index];
    return loaded && { file: loaded.file, name: loaded.file.name };
  };
  return html`<div class="result-lines">
    <h3>${pluralize(count, singular, plural)}</h3>
    ${collapsibleList(lines, maxShown, (issue) => issueItem(issue, fileOf, true))}
    ${count > lines.length ? html`<p class="unlisted">and ${formatNumber(count - lines.length)} more</p>` : nothing}
  </div>`;
}
