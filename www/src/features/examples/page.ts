// The Examples page: the paste box with its result, and the examples that the project has collected.
import "batchlight/elements/define";
import { html, nothing } from "lit";
import { pluralize } from "#common/format.js";
import { announce } from "../../shared/announce-event.js";
import { LightElement } from "../../shared/components/light-element.js";
import type { Action } from "../../shared/page-element.js";
import { parseHash, updateQuery } from "../../shared/route.js";
import { examples, kinds } from "./examples.js";
import "./finder.js";
import type { Filter, FilterEvent } from "./finder.js";
import { addCounts, groups, noCounts } from "./groups.js";
import { groupSections } from "./groups-view.js";
import { PasteAnalyzer } from "./paste-analyzer.js";
import "./paste-box.js";
import type { PasteEvent } from "./paste-box.js";
import { pasteResult, summaryText } from "./paste-result.js";
import { search } from "./search.js";

/** Returns the filter that a fragment contains. */
function filterOf(hash: string): Filter {
  const { query } = parseHash(hash);
  const group = groups.find(([name]) => name === query.get("group"))?.[0];
  return { group, text: query.get("find") ?? "" };
}

/** The Examples page. */
export class BoardExamples extends LightElement {
  static override properties = { filter: { state: true } };
  declare filter: Filter;
  #analyzer = new PasteAnalyzer(this);

  constructor() {
    super();
    this.filter = filterOf(location.hash);
    this.addEventListener("board-paste", (event: PasteEvent) => void this.#analyze(event));
    this.addEventListener("board-filter", (event: FilterEvent) => this.#applyFilter(event.filter));
  }

  /** Shows the current route. */
  navigated(): void {
    this.filter = filterOf(location.hash);
  }

  /** Performs an action of a keyboard shortcut; returns `false` where it does not apply. */
  handleAction(action: Action): boolean {
    if (action !== "search") return false;
    this.querySelector<HTMLElement>("board-finder input[type=search]")?.focus();
    return true;
  }

  protected override render() {
    const found = search(examples, this.filter.text);
    const { summary } = this.#analyzer;
    return html`
      <board-paste></board-paste>
      ${summary ? pasteResult(summary, () => this.#analyzer.showMore()) : nothing}
      <section class="examples" id="examples" tabindex="-1" aria-labelledby="examples-title">
        <div class="band about">
          <h2 class="aside" id="examples-title">Examples</h2>
          <div class="main">
            <p>
              ${pluralize(examples.length, "batch", "batches")} from real servers, bug reports, documentation and tests,
              each with its source. None is live: a running batch is shown one minute after its last timestamp.
            </p>
            <details>
              <summary>Types of sources</summary>
              <dl class="kinds">
                ${Object.values(kinds).map(
                  ({ label, meaning }) => html`<div><dt>${label}</dt><dd>${meaning}</dd></div>`,
                )}
              </dl>
            </details>
          </div>
        </div>
        <board-finder
          .counts=${addCounts(
            noCounts,
            found.map(({ view }) => view),
          )}
          .filter=${this.filter}
        ></board-finder>
        ${groupSections(found, this.filter)}
      </section>
    `;
  }

  async #analyze({ text, profile }: PasteEvent): Promise<void> {
    const completed = await this.#analyzer.analyze(text, profile);
    if (completed) announce(this, this.#analyzer.summary ? summaryText(this.#analyzer.summary) : "");
  }

  #applyFilter(filter: Filter): void {
    this.filter = filter;
    updateQuery({ group: filter.group, find: filter.text });
    const found = search(examples, filter.text).filter(
      ({ view }) => filter.group === undefined || view.group === filter.group,
    );
    announce(this, `${pluralize(found.length, "example")} shown.`);
  }
}

customElements.define("board-examples", BoardExamples);
