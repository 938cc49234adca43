// The page for batches: what was pasted, and the examples.
import { html, nothing } from "lit";
import { examples, kinds } from "../data.js";
import { having } from "../find.js";
import { count, noCounts } from "../groups.js";
import { say } from "../say.js";
import { Survey } from "../survey.js";
import { counted } from "../text.js";
import { board } from "./board.js";
import "./finder.js";
import type { Choice, FindEvent } from "./finder.js";
import { LightElement } from "./light-element.js";
import { served } from "../live.js";
import "./live.js";
import "./paste.js";
import type { PasteEvent } from "./paste.js";
import { pasteResult, verdict } from "./paste-result.js";

/** The board: what was pasted, and the examples. */
export class BoardBatches extends LightElement {
  static override properties = { choice: { state: true } };
  declare choice: Choice;
  #survey = new Survey(this);

  constructor() {
    super();
    this.choice = { group: undefined, text: "" };
    this.addEventListener("board-paste", (event: PasteEvent) => void this.#read(event));
    this.addEventListener("board-find", (event: FindEvent) => this.#find(event.choice));
  }

  protected override render() {
    const found = having(examples, this.choice.text);
    const { findings } = this.#survey;
    return html`
      ${served ? html`<board-live></board-live>` : nothing}
      <board-paste></board-paste>
      ${findings ? pasteResult(findings, () => this.#survey.showMore()) : nothing}
      <section class="examples" id="examples" tabindex="-1" aria-labelledby="examples-title">
        <div class="band about">
          <h2 class="aside" id="examples-title">Examples</h2>
          <div class="main">
            <p>
              ${counted(examples.length, "batch", "batches")} that were recorded, reported, documented or made up, each with its source:
              none is live. Those that still ran are shown as of a minute after their last stamp.
            </p>
            <details>
              <summary>What the words for sources mean</summary>
              <dl class="kinds">
                ${Object.values(kinds).map(({ word, meaning }) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`)}
              </dl>
            </details>
          </div>
        </div>
        <board-finder .counts=${count(noCounts, found.map(({ view }) => view))}></board-finder>
        ${board(found, this.choice)}
      </section>
    `;
  }

  async #read({ text, profile }: PasteEvent): Promise<void> {
    const whole = await this.#survey.read(text, profile);
    if (whole) say(this, this.#survey.findings ? verdict(this.#survey.findings) : "");
  }

  #find(choice: Choice): void {
    this.choice = choice;
    const found = having(examples, choice.text).filter(({ view }) => choice.group === undefined || view.group === choice.group);
    say(this, `${counted(found.length, "example")} shown.`);
  }
}

customElements.define("board-batches", BoardBatches);
