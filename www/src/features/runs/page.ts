// The Runs page: files that were sent from this browser, and what became of them.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { sending } from "../../data/api/sending.js";
import { RunsController } from "../../data/runs/runs-controller.js";
import { announce } from "../../shared/announce-event.js";
import { errorBanner } from "../../shared/components/banner.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHiddenAsText } from "../../shared/hidden-characters.js";
import { pages, type Route } from "../../shared/route.js";
import type { BoardRun } from "./run-card.js";
import "./run-card.js";
import { stateOf } from "./run-state.js";

/** The Runs page. */
export class BoardRuns extends LightElement {
  readonly #controller = new RunsController(this);
  /** The run to focus once it is listed. */
  #wanted: string | undefined;

  /** Shows a route of this page. */
  navigated({ id }: Route): void {
    this.#wanted = id;
    this.requestUpdate();
  }

  protected override render() {
    const { runs } = this.#controller;
    const all = runs?.all;
    return html`
      <section class="band about" aria-labelledby="runs-title">
        <div class="aside"><h2 id="runs-title" tabindex="-1">Runs</h2></div>
        <div class="main">
          <p>
            Files that you sent from this browser, with their batches, retries and results. A run goes on while this
            page is open, and is kept in this browser when you close it.
          </p>
        </div>
      </section>
      ${this.#message()}
      ${
        runs && all
          ? html`<div class="run-list">
              ${repeat(
                all,
                ({ record }) => record.name,
                (run) => html`<board-run .run=${run} .runs=${runs} data-run=${run.record.name}></board-run>`,
              )}
            </div>`
          : nothing
      }
    `;
  }

  /** Renders why there are no runs; renders nothing when there are some. */
  #message(): TemplateResult | typeof nothing {
    const { runs } = this.#controller;
    if (!sending.allowed) return html`<p class="none">${sending.reason}</p>`;
    if (runs?.problem !== undefined) return errorBanner("Couldn’t read the runs of this browser.", runs.problem);
    if (!runs?.all) return html`<p class="none" aria-busy="true">Loading…</p>`;
    if (runs.all.length > 0) return nothing;
    return html`<p class="none">
      No runs yet. <a href=${pages.files.hash}>Check a file</a>, then send it from there.
    </p>`;
  }

  protected override updated(): void {
    if (this.#wanted === undefined || this.hidden) return;
    const run = this.querySelector<BoardRun>(`[data-run="${CSS.escape(this.#wanted)}"]`);
    if (!run) return;
    this.#wanted = undefined;
    const { title, text } = stateOf(run.run);
    void run.updateComplete.then(() => run.focusTitle());
    announce(this, revealHiddenAsText(`${run.run.record.file}: ${title}. ${text}`));
  }
}

customElements.define("board-runs", BoardRuns);
