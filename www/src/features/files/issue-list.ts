// The issues of a report, by what rule they break.
import type { FilePlace, InputIssue, IssueCount } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { LightElement } from "../../shared/components/light-element.js";
import { pluralize, formatNumber, truncate } from "../../shared/text.js";
import type { Place } from "./excerpt.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import "./excerpt-view.js";

/** How many stand open at first, and how many more each time somebody asks. */
const [atFirst, more] = [3, 25];

const mostOfAMessage = 600;

/** The levels, the gravest first. */
const levels = ["error", "warning", "note"] as const;

/** A kind of issue: all that were kept of it. */
interface Kind extends IssueCount {
  readonly issues: readonly InputIssue[];
}

/** The issues of a file. */
export class FilesIssues extends LightElement {
  static override properties = {
    file: { attribute: false },
    issues: { attribute: false },
    counts: { attribute: false },
    shown: { state: true },
  };
  declare file: Blob;
  declare issues: readonly InputIssue[];
  declare counts: readonly IssueCount[];
  declare shown: ReadonlyMap<string, number>;
  #kinds: readonly Kind[] = [];

  constructor() {
    super();
    this.shown = new Map();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("issues")) return;
    this.shown = new Map();
    const gravest = levels.flatMap((level) => this.counts.filter((count) => count.level === level));
    this.#kinds = gravest.map((count) => ({
      ...count,
      issues: this.issues.filter((issue) => keyOf(issue) === keyOf(count)),
    }));
  }

  protected override render() {
    return repeat(this.#kinds, keyOf, (kind) => this.#kind(kind));
  }

  #kind(kind: Kind) {
    const { code, level, count, issues } = kind;
    const shown = Math.min(this.shown.get(keyOf(kind)) ?? atFirst, issues.length);
    const helps = new Set(issues.map(({ help }) => help));
    const [help] = helps.size === 1 ? helps : [];
    const unlisted = count - issues.length;
    return html`
      <section class="kind band" data-level=${level}>
        <div class="aside">
          <h3><span class="level">${level}</span> <code>${code}</code></h3>
          <p class="many">${pluralize(count, "time")}</p>
        </div>
        <div class="main">
          ${help ? html`<p class="advice"><bdi>${revealHidden(help)}</bdi></p>` : nothing}
          <ol class="issues">
            ${issues.slice(0, shown).map((issue) => this.#issue(issue, help === undefined))}
          </ol>
          ${
            shown < issues.length
              ? html`<p class="more-issues">
                  <button type="button" @click=${() => this.#showMore(kind, shown)}>
                    Show ${formatNumber(Math.min(more, issues.length - shown))} more<span class="hidden"> of ${code}</span>
                  </button>
                </p>`
              : nothing
          }
          ${unlisted > 0 ? html`<p class="unlisted">and ${formatNumber(unlisted)} more</p>` : nothing}
        </div>
      </section>
    `;
  }

  #issue(issue: InputIssue, withHelp: boolean) {
    return issueItem(issue, () => ({ file: this.file }), withHelp);
  }

  #showMore(kind: Kind, shown: number): void {
    this.shown = new Map(this.shown).set(keyOf(kind), shown + more);
  }
}

const keyOf = ({ level, code }: Pick<IssueCount, "level" | "code">): string => `${level} ${code}`;

customElements.define("files-issues", FilesIssues);

/** What an issue needs to be shown. */
interface Shown<At extends FilePlace> extends FilePlace {
  readonly length?: number;
  readonly message: string;
  readonly help: string;
  readonly related?: At;
}

/** Which file a place is in, and its name where there is more than one. */
export interface PlaceFile {
  readonly file: Blob;
  readonly name?: string | undefined;
}

/** An issue with the line it is about, and the line that is related to it. */
export function issueItem<At extends FilePlace>(
  issue: Shown<At> & At,
  fileOf: (place: At) => PlaceFile | undefined,
  withHelp: boolean,
): TemplateResult {
  const { message, help, related } = issue;
  return html`
    <li class="issue">
      <p class="message">
        <span class="place">${placeText(issue, fileOf(issue))}</span>
        <bdi>${revealHidden(truncate(message, mostOfAMessage))}</bdi>
      </p>
      ${excerpt(issue, fileOf(issue))}
      ${
        related
          ? html`<p class="related">
                <span class="place">${placeText(lineOf(related), fileOf(related))}</span> is related:
              </p>
              ${excerpt(lineOf(related), fileOf(related))}`
          : nothing
      }
      ${withHelp && help ? html`<p class="advice"><bdi>${revealHidden(help)}</bdi></p>` : nothing}
    </li>
  `;
}

const excerpt = (place: Place & { readonly line: number }, from: PlaceFile | undefined) =>
  from ? html`<files-excerpt .file=${from.file} .place=${place}></files-excerpt>` : nothing;

/** A related place; its first column stands for the line as a whole: there is no spot in it. */
const lineOf = (place: FilePlace) => (place.column === 1 ? { ...place, column: undefined, length: 0 } : place);

const placeText = (
  { line, column }: { readonly line: number; readonly column: number | undefined },
  from: PlaceFile | undefined,
) =>
  html`${
    from?.name === undefined ? nothing : html`<bdi>${revealHidden(truncate(from.name, 40))}</bdi>, `
  }Line ${formatNumber(line)}${column === undefined ? nothing : `, column ${formatNumber(column)}`}`;
