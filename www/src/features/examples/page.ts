// The page of examples: what was pasted, and what the project has collected.
import { html, nothing } from "lit";
import { LightElement } from "../../shared/components/light-element.js";
import { updateQuery, parseHash } from "../../shared/route.js";
import { announce } from "../../shared/announce-event.js";
import { pluralize } from "../../shared/text.js";
import { examples, kinds } from "./examples.js";
import { search } from "./search.js";
import "./finder.js";
import type { Filter, FilterEvent } from "./finder.js";
import { board } from "./groups-view.js";
import { count, groups, noCounts } from "./groups.js";
import "./paste-box.js";
import type { PasteEvent } from "./paste-box.js";
import { pasteResult, verdict } from "./paste-result.js";
import { PasteAnalyzer } from "./paste-analyzer.js";

/** What an address asks for. */
function choiceIn(hash: string): Filter {
  const { query } = parseHash(hash);
  const group = groups.find(([name]) => name === query.get("group"))?.[0];
  return { group, text: query.get("find") ?? "" };
}

/** The page of examples. */
export class BoardExamples extends LightElement {
  static override properties = { choice: { state: true } };
  declare choice: Filter;
  #survey = new PasteAnalyzer(this);

  constructor() {
    super();
    this.choice = choiceIn(location.hash);
    this.addEventListener("board-paste", (event: PasteEvent) => void this.#read(event));
    this.addEventListener("board-filter", (event: FilterEvent) => this.#find(event.choice));
  }

  /** Called when an address has led here. */
  navigated(): void {
    this.choice = choiceIn(location.hash);
  }

  /** What a key of the keyboard does here. */
  handleAction(action: string): boolean {
    if (action !== "search") return false;
    this.querySelector<HTMLElement>("board-finder input[type=search]")?.focus();
    return true;
  }

  protected override render() {
    const found = search(examples, this.choice.text);
    const { summary } = this.#survey;
    return html`
      <board-paste></board-paste>
      ${summary ? pasteResult(summary, () => this.#survey.showMore()) : nothing}
      <section class="examples" id="examples" tabindex="-1" aria-labelledby="examples-title">
        <div class="band about">
          <h2 class="aside" id="examples-title">Examples</h2>
          <div class="main">
            <p>
              ${pluralize(examples.length, "batch", "batches")} that were recorded, reported, documented or made up, each
              with its source: none is live. Those that still ran are shown as of a minute after their last stamp.
            </p>
            <details>
              <summary>What the words for sources mean</summary>
              <dl class="kinds">
                ${Object.values(kinds).map(({ word, meaning }) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`)}
              </dl>
            </details>
          </div>
        </div>
        <board-finder
          .counts=${count(
            noCounts,
            found.map(({ view }) => view),
          )}
          .choice=${this.choice}
        ></board-finder>
        ${board(found, this.choice)}
      </section>
    `;
  }

  async #read({ text, profile }: PasteEvent): Promise<void> {
    const whole = await this.#survey.read(text, profile);
    if (whole) announce(this, this.#survey.summary ? verdict(this.#survey.summary) : "");
  }

  #find(choice: Filter): void {
    this.choice = choice;
    updateQuery({ group: choice.group, find: choice.text });
    const found = search(examples, choice.text).filter(
      ({ view }) => choice.group === undefined || view.group === choice.group,
    );
    announce(this, `${pluralize(found.length, "example")} shown.`);
  }
}

customElements.define("board-examples", BoardExamples);
