// The findings of a report, by what rule they break.
import type { FilePlace, Finding, FindingCount } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { LightElement } from "../../components/light-element.js";
import { counted, grouped, shorten } from "../../text.js";
import type { Place } from "../excerpt.js";
import { visible } from "../../visible.js";
import "./excerpt.js";

/** How many stand open at first, and how many more each time somebody asks. */
const [atFirst, more] = [3, 25];

const mostOfAMessage = 600;

/** The levels, the gravest first. */
const levels = ["error", "warning", "note"] as const;

/** A kind of finding: all that were kept of it. */
interface Kind extends FindingCount {
  readonly findings: readonly Finding[];
}

/** The findings of a file. */
export class FilesFindings extends LightElement {
  static override properties = {
    file: { attribute: false },
    findings: { attribute: false },
    counts: { attribute: false },
    shown: { state: true },
  };
  declare file: Blob;
  declare findings: readonly Finding[];
  declare counts: readonly FindingCount[];
  declare shown: ReadonlyMap<string, number>;
  #kinds: readonly Kind[] = [];

  constructor() {
    super();
    this.shown = new Map();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("findings")) return;
    this.shown = new Map();
    const gravest = levels.flatMap((level) => this.counts.filter((count) => count.level === level));
    this.#kinds = gravest.map((count) => ({
      ...count,
      findings: this.findings.filter((finding) => keyOf(finding) === keyOf(count)),
    }));
  }

  protected override render() {
    return repeat(this.#kinds, keyOf, (kind) => this.#kind(kind));
  }

  #kind(kind: Kind) {
    const { code, level, count, findings } = kind;
    const shown = Math.min(this.shown.get(keyOf(kind)) ?? atFirst, findings.length);
    const remedies = new Set(findings.map(({ remedy }) => remedy));
    const [remedy] = remedies.size === 1 ? remedies : [];
    const unlisted = count - findings.length;
    return html`
      <section class="kind band" data-level=${level}>
        <div class="aside">
          <h3><span class="level">${level}</span> <code>${code}</code></h3>
          <p class="many">${counted(count, "time")}</p>
        </div>
        <div class="main">
          ${remedy ? html`<p class="advice"><bdi>${visible(remedy)}</bdi></p>` : nothing}
          <ol class="findings">
            ${findings.slice(0, shown).map((finding) => this.#finding(finding, remedy === undefined))}
          </ol>
          ${
            shown < findings.length
              ? html`<p class="more-findings">
                  <button type="button" @click=${() => this.#showMore(kind, shown)}>
                    Show ${grouped(Math.min(more, findings.length - shown))} more<span class="hidden"> of ${code}</span>
                  </button>
                </p>`
              : nothing
          }
          ${unlisted > 0 ? html`<p class="unlisted">and ${grouped(unlisted)} more</p>` : nothing}
        </div>
      </section>
    `;
  }

  #finding(finding: Finding, withRemedy: boolean) {
    return findingItem(finding, () => ({ file: this.file }), withRemedy);
  }

  #showMore(kind: Kind, shown: number): void {
    this.shown = new Map(this.shown).set(keyOf(kind), shown + more);
  }
}

const keyOf = ({ level, code }: Pick<FindingCount, "level" | "code">): string => `${level} ${code}`;

customElements.define("files-findings", FilesFindings);

/** What a finding needs to be shown. */
interface Shown<At extends FilePlace> extends FilePlace {
  readonly length?: number;
  readonly message: string;
  readonly remedy: string;
  readonly related?: At;
}

/** Which file a place is in, and its name where there is more than one. */
export interface PlaceFile {
  readonly file: Blob;
  readonly name?: string | undefined;
}

/** A finding with the line it is about, and the line that is related to it. */
export function findingItem<At extends FilePlace>(
  finding: Shown<At> & At,
  fileOf: (place: At) => PlaceFile | undefined,
  withRemedy: boolean,
): TemplateResult {
  const { message, remedy, related } = finding;
  return html`
    <li class="finding">
      <p class="message">
        <span class="place">${placeText(finding, fileOf(finding))}</span>
        <bdi>${visible(shorten(message, mostOfAMessage))}</bdi>
      </p>
      ${excerpt(finding, fileOf(finding))}
      ${
        related
          ? html`<p class="related">
                <span class="place">${placeText(lineOf(related), fileOf(related))}</span> is related:
              </p>
              ${excerpt(lineOf(related), fileOf(related))}`
          : nothing
      }
      ${withRemedy && remedy ? html`<p class="advice"><bdi>${visible(remedy)}</bdi></p>` : nothing}
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
    from?.name === undefined ? nothing : html`<bdi>${visible(shorten(from.name, 40))}</bdi>, `
  }Line ${grouped(line)}${column === undefined ? nothing : `, column ${grouped(column)}`}`;
