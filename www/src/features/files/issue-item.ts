// One issue with the line that it is about, and its related line.
import type { FilePlace } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber } from "#common/format.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { truncate } from "../../shared/text.js";
import type { FilePosition } from "./excerpt.js";
import "./excerpt-view.js";

const maxMessageLength = 600;

/** The fields of an issue that are shown. */
interface ShownIssue<Place extends FilePlace> extends FilePlace {
  readonly length?: number;
  readonly message: string;
  readonly help: string;
  readonly related?: Place;
}

/** The file of a place, with its name where there is more than one file. */
export interface PlaceFile {
  readonly file: Blob;
  readonly name?: string | undefined;
}

/** Renders an issue. `fileOf` returns the file of a place. */
export function issueItem<Place extends FilePlace>(
  issue: ShownIssue<Place> & Place,
  fileOf: (place: Place) => PlaceFile | undefined,
  withHelp: boolean,
): TemplateResult {
  const { message, help, related } = issue;
  return html`
    <li class="file-issue">
      <p class="message">
        <span class="place">${placeText(issue, fileOf(issue))}</span>
        <bdi>${revealHidden(truncate(message, maxMessageLength))}</bdi>
      </p>
      ${excerpt(issue, fileOf(issue))}
      ${
        related
          ? html`<p class="related">
                First used ${fileOf(related)?.name === undefined ? "on" : "in"}
                ${placeText(wholeLine(related), fileOf(related), "line")}:
              </p>
              ${excerpt(wholeLine(related), fileOf(related))}`
          : nothing
      }
      ${withHelp && help ? html`<p class="advice"><bdi>${revealHidden(help)}</bdi></p>` : nothing}
    </li>
  `;
}

const excerpt = (place: FilePosition & { readonly line: number }, from: PlaceFile | undefined) =>
  from ? html`<files-excerpt .file=${from.file} .place=${place}></files-excerpt>` : nothing;

/** A related place at the first column stands for the whole line: nothing in it is marked. */
const wholeLine = (place: FilePlace) => (place.column === 1 ? { ...place, column: undefined, length: 0 } : place);

const placeText = (
  { line, column }: { readonly line: number; readonly column: number | undefined },
  from: PlaceFile | undefined,
  lineLabel = "Line",
) =>
  html`${
    from?.name === undefined ? nothing : html`<bdi>${revealHidden(truncate(from.name, 40))}</bdi>, `
  }${lineLabel} ${formatNumber(line)}${column === undefined ? nothing : `, column ${formatNumber(column)}`}`;
