// Offers to continue paused runs, on every page but the Runs page, and announces what happens in runs.
import { html, nothing, type TemplateResult } from "lit";
import { pluralize } from "#common/format.js";
import { isPaused, ownerOf } from "../../data/runs/listed-run.js";
import { RunNotice } from "../../data/runs/runs.js";
import { RunsController } from "../../data/runs/runs-controller.js";
import { announce } from "../../shared/announce-event.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHiddenAsText } from "../../shared/hidden-characters.js";
import { pages } from "../../shared/route.js";

/** Links to the Runs page while there are paused runs. Announces what happens in the runs that this page executes. */
export class BoardRunOffer extends LightElement {
  readonly #controller = new RunsController(this, (runs) =>
    runs.addEventListener(
      "notice",
      (event) => event instanceof RunNotice && announce(this, revealHiddenAsText(event.message)),
    ),
  );

  protected override render(): TemplateResult | typeof nothing {
    const { runs } = this.#controller;
    const paused = (runs?.all ?? []).filter(
      (run) => runs && isPaused(run) && ownerOf(run.record, runs.account) !== "other host",
    );
    if (paused.length === 0) return nothing;
    return html`<aside class="run-offer" aria-label="Paused runs">
      <span>${pluralize(paused.length, "run")} ${paused.length === 1 ? "is" : "are"} not complete, and paused.</span>
      <a href=${pages.runs.hash}>Continue…</a>
    </aside>`;
  }
}

customElements.define("board-run-offer", BoardRunOffer);
