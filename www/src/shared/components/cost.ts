// The cost of tokens, once the user has entered the prices of the model.
import { html, nothing, type TemplateResult } from "lit";
import { announce } from "../announce-event.js";
import { ChangeController } from "../change-controller.js";
import { revealHidden } from "../hidden-characters.js";
import { costOf, formatCost, priceChanges, pricesOf, setPrices, type Tokens } from "../prices.js";
import { truncate } from "../text.js";
import { LightElement } from "./light-element.js";

/** Shows the cost of the `tokens` of a `model`. */
export class BoardCost extends LightElement {
  static override properties = { model: {}, tokens: { attribute: false } };
  declare model: string;
  declare tokens: Tokens;

  constructor() {
    super();
    new ChangeController(this, priceChanges);
  }

  protected override render(): TemplateResult {
    const prices = pricesOf(this.model);
    return html`${prices ? html`<span>${formatCost(costOf(this.tokens, prices))}</span> ` : nothing}<button
        type="button"
        class="copy set-prices"
        @click=${() => this.querySelector("dialog")?.showModal()}
      >
        ${prices ? "Change prices" : "Set prices…"}
      </button>
      <dialog aria-labelledby="prices-title">
        <form method="dialog" @submit=${this.#save}>
          <h2 id="prices-title">Prices of <bdi>${revealHidden(truncate(this.model, 60))}</bdi></h2>
          <p class="hint">
            For batches, per million tokens, in any currency. Cached tokens count as input. The prices stay in this
            browser.
          </p>
          <label class="price"
            ><span>Input</span
            ><input name="input" type="number" min="0" step="any" required .value=${String(prices?.input ?? "")}
          /></label>
          <label class="price"
            ><span>Output</span
            ><input name="output" type="number" min="0" step="any" required .value=${String(prices?.output ?? "")}
          /></label>
          <p class="actions">
            ${
              prices ? html`<button type="button" class="quiet" @click=${this.#remove}>Remove prices</button>` : nothing
            }
            <button type="button" @click=${() => this.querySelector("dialog")?.close()}>Cancel</button>
            <button class="main-action">Save prices</button>
          </p>
        </form>
      </dialog>`;
  }

  #save(event: SubmitEvent): void {
    const values = new FormData(event.target as HTMLFormElement);
    setPrices(this.model, { input: Number(values.get("input")), output: Number(values.get("output")) });
    announce(this, "Saved the prices.");
  }

  #remove(): void {
    this.querySelector("dialog")?.close();
    setPrices(this.model, undefined);
    announce(this, "Removed the prices.");
  }
}

customElements.define("board-cost", BoardCost);
