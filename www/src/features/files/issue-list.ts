// The issues of an input file, grouped by level and code.
import type { InputIssue, IssueCount } from "batchlight/worker";
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { formatNumber, pluralize } from "#common/format.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { issueItem } from "./issue-item.js";

/** The number of issues per group that are shown first. */
const initiallyShown = 3;

/** The number of issues that "Show more" adds. */
const showMoreStep = 25;

/** The levels, the most severe first. */
const levels = ["error", "warning", "note"] as const;

/** The issues of one level and code that the report contains. */
interface IssueGroup extends IssueCount {
  readonly issues: readonly InputIssue[];
}

/** Shows the issues of a file. */
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
  /** The number of shown issues of each group that the user has expanded. */
  declare shown: ReadonlyMap<string, number>;
  #groups: readonly IssueGroup[] = [];

  constructor() {
    super();
    this.shown = new Map();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("issues")) return;
    this.shown = new Map();
    const sorted = levels.flatMap((level) => this.counts.filter((count) => count.level === level));
    this.#groups = sorted.map((count) => ({
      ...count,
      issues: this.issues.filter((issue) => keyOf(issue) === keyOf(count)),
    }));
  }

  protected override render() {
    return repeat(this.#groups, keyOf, (group) => this.#group(group));
  }

  #group(group: IssueGroup) {
    const { code, level, count, issues } = group;
    const shown = Math.min(this.shown.get(keyOf(group)) ?? initiallyShown, issues.length);
    const helps = new Set(issues.map(({ help }) => help));
    // When all issues have the same help, it is shown once for the group.
    const [help] = helps.size === 1 ? helps : [];
    const unlisted = count - issues.length;
    return html`
      <section class="issue-group band" data-level=${level}>
        <div class="aside">
          <h3><span class="level">${level}</span> <code>${code}</code></h3>
          <p class="many">${pluralize(count, "time")}</p>
        </div>
        <div class="main">
          ${help ? html`<p class="advice"><bdi>${revealHidden(help)}</bdi></p>` : nothing}
          <ol class="file-issues">
            ${issues.slice(0, shown).map((issue) => issueItem(issue, () => ({ file: this.file }), help === undefined))}
          </ol>
          ${
            shown < issues.length
              ? html`<p class="more-issues">
                  <button type="button" @click=${() => this.#showMore(group, shown)}>
                    Show
                    ${formatNumber(Math.min(showMoreStep, issues.length - shown))}
                    more<span class="hidden"> of ${code}</span>
                  </button>
                </p>`
              : nothing
          }
          ${unlisted > 0 ? html`<p class="unlisted">and ${formatNumber(unlisted)} more</p>` : nothing}
        </div>
      </section>
    `;
  }

  #showMore(group: IssueGroup, shown: number): void {
    this.shown = new Map(this.shown).set(keyOf(group), shown + showMoreStep);
  }
}

const keyOf = ({ level, code }: Pick<IssueCount, "level" | "code">): string => `${level} ${code}`;

customElements.define("files-issues", FilesIssues);
