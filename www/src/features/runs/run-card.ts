// One run: its state, its shards with their attempts and batches, and its actions.
import type { RunShard } from "batchlight/run";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber } from "#common/format.js";
import { messageOf } from "#common/thrown.js";
import { formatAgo } from "../../data/feed/connection-status.js";
import {
  type ListedRun,
  ownerOf,
  requestsOf,
  settledOf,
  type ShardActivity,
  sizeText,
} from "../../data/runs/listed-run.js";
import type { Runs } from "../../data/runs/runs.js";
import { announce } from "../../shared/announce-event.js";
import { shownMessage } from "../../shared/components/banner.js";
import { icon } from "../../shared/components/icon.js";
import { LightElement } from "../../shared/components/light-element.js";
import { resultBar } from "../../shared/components/result-bar.js";
import { showMore } from "../../shared/components/show-more.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { formatHash } from "../../shared/route.js";
import { cancelled, chooseFile, withSuffix } from "../../shared/tasks/save-file.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";
import { truncate } from "../../shared/text.js";
import { resultText, shardText, stateOf } from "./run-state.js";

const maxNameLength = 80;

/** The number of shards that are shown first, and that "Show more" adds. */
const shownStep = 50;

/** An action that is confirmed in the dialog. */
type Question = "continue" | "cancel" | "remove";

/** Shows a `run` of `runs`. */
export class BoardRun extends LightElement {
  static override properties = {
    run: { attribute: false },
    runs: { attribute: false },
    problem: { state: true },
    shown: { state: true },
    question: { state: true },
  };
  declare run: ListedRun;
  declare runs: Runs;
  /** Why the last action failed. */
  declare problem: string | undefined;
  /** The number of shards shown. */
  declare shown: number;
  /** The action that the dialog asks about. */
  declare question: Question;
  readonly #save = new Task<true>(this);

  constructor() {
    super();
    this.shown = shownStep;
    this.question = "cancel";
  }

  /** Focuses the run. */
  focusTitle(): void {
    this.querySelector<HTMLElement>("h3")?.focus();
  }

  protected override render(): TemplateResult {
    const { run, problem } = this;
    const { name, file, host, at } = run.record;
    const { tone, icon: iconName, title, text } = stateOf(run);
    return html`<article class="panel-card run" data-tone=${tone} aria-labelledby=${`${name}-title`}>
      <header>
        <h3 id=${`${name}-title`} tabindex="-1"><bdi>${revealHidden(truncate(file, maxNameLength))}</bdi></h3>
        <p class="hint">Began ${formatAgo(at * 1000, Date.now())} at <bdi>${host}</bdi></p>
      </header>
      <p class="state">
        ${icon(iconName, run.activity.kind === "here" && !run.status?.complete ? "spin" : "still")}<span
          ><b>${title}.</b> ${shownMessage(text)}</span
        >
      </p>
      ${
        problem === undefined
          ? nothing
          : html`<div class="banner" data-tone="danger">
              <p>${shownMessage(problem)}</p>
            </div>`
      }
      ${this.#progress()} ${this.#actions()} ${taskView(this.#save)} ${this.#shards()} ${this.#dialog()}
    </article>`;
  }

  #progress(): TemplateResult | typeof nothing {
    const { status, activity } = this.run;
    if (!status) return nothing;
    const settled = settledOf(status);
    const requests = requestsOf(status.shards);
    const running = activity.kind === "here" ? finishedIn(activity.shards) : 0;
    return html`
      ${resultBar({ ...settled, failed: settled.failed + settled.missing, running, requests })}
      <p class="hint">
        ${sizeText(status.shards)} ${formatNumber(settled.requests)} settled, ${formatNumber(settled.succeeded)}
        succeeded.
      </p>
    `;
  }

  #actions(): TemplateResult | typeof nothing {
    const { run } = this;
    const { status, activity } = run;
    const owner = ownerOf(run.record, this.runs.account);
    const isStopped = activity.kind === "stopped";
    const isOpen = status !== undefined && !status.complete;
    const button = (text: string, action: () => unknown, className: string | typeof nothing = nothing) =>
      html`<button type="button" class=${className} @click=${action}>
        ${text}<bdi class="hidden"> ${revealHidden(truncate(run.record.file, maxNameLength))}</bdi>
      </button>`;
    return html`<div class="actions">
      ${
        isOpen && owner === "other host"
          ? html`<span class="hint">To continue it, start the board with the OPENAI_BASE_URL of that server.</span>`
          : nothing
      }
      ${
        isOpen && isStopped && owner !== "other host"
          ? button("Continue", () => (owner === "own" ? this.#continue() : this.#ask("continue")), "main-action")
          : nothing
      }
      ${status?.complete ? button("Save results in input order", this.#saveResults, "main-action") : nothing}
      ${
        isOpen && (isStopped || !status.cancelled) && activity.kind !== "elsewhere" && owner !== "other host"
          ? button("Cancel run…", () => this.#ask("cancel"))
          : nothing
      }
      ${isStopped ? button("Remove…", () => this.#ask("remove"), "quiet") : nothing}
    </div>`;
  }

  #shards(): TemplateResult | typeof nothing {
    const { status, activity } = this.run;
    if (!status) return nothing;
    const { shards } = status;
    return html`
      <div class="scroller" role="group" aria-label="Shards" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">Shard</th>
              <th scope="col">State</th>
              <th scope="col">Results</th>
              <th scope="col" class="number">Attempt</th>
              <th scope="col" class="number">Requests</th>
              <th scope="col">Model</th>
              <th scope="col">Batches</th>
            </tr>
          </thead>
          <tbody>
            ${shards
              .slice(0, this.shown)
              .map((shard, index) =>
                shardRow(shard, index, activity.kind === "here" ? activity.shards.get(index) : undefined),
              )}
          </tbody>
        </table>
      </div>
      ${showMore(shards.length - this.shown, shownStep, () => (this.shown += shownStep))}
    `;
  }

  #dialog(): TemplateResult {
    const { question } = this;
    const { title, text, no, yes } = questions[question];
    const id = `${this.run.record.name}-question`;
    return html`<dialog class="confirm" aria-labelledby=${id}>
      <form method="dialog">
        <h2 id=${id}>${title}</h2>
        <p><bdi>${revealHidden(truncate(this.run.record.file, maxNameLength))}</bdi></p>
        <p>${text}</p>
        <p class="actions">
          <button value="no" autofocus>${no}</button
          ><button value="yes" class="danger" @click=${() => void this.#answer(question)}>${yes}</button>
        </p>
      </form>
    </dialog>`;
  }

  async #ask(question: Question): Promise<void> {
    this.question = question;
    await this.updateComplete;
    this.querySelector<HTMLDialogElement>("dialog")?.showModal();
  }

  async #answer(question: Question): Promise<void> {
    const { runs, run } = this;
    this.problem = undefined;
    try {
      if (question === "continue") this.#continue();
      else if (question === "cancel") await runs.cancel(run);
      else {
        const { parentElement } = this;
        await runs.remove(run);
        announce(document.querySelector("main") ?? this, "Removed the run.");
        // The next run, or the title of the page if none is left.
        const next =
          parentElement?.querySelector<HTMLElement>("h3") ?? document.querySelector<HTMLElement>("#runs-title");
        next?.focus();
      }
    } catch (error) {
      this.problem = messageOf(error);
      announce(this, this.problem);
    }
  }

  #continue(): void {
    this.runs.continue(this.run);
    announce(this, "Continuing the run.");
    this.focusTitle();
  }

  #saveResults = async (): Promise<void> => {
    const name = withSuffix(this.run.record.file, "results");
    const target = await chooseFile(name);
    if (target === cancelled) return;
    const saved = await this.#save.run("Saving the results", async ({ signal }) => {
      await target(await this.runs.results(this.run, signal), signal);
      return true as const;
    });
    if (saved) announce(this, "Saved the results.");
  };
}

/** The number of requests that are finished in running batches. */
const finishedIn = (shards: ReadonlyMap<number, ShardActivity>): number =>
  [...shards.values()].reduce((sum, { update }) => {
    const { completed = 0, failed = 0 } = update?.view.progress ?? {};
    return sum + completed + failed;
  }, 0);

function shardRow(shard: RunShard, index: number, activity: ShardActivity | undefined): TemplateResult {
  const { requests, attempt, model, batches } = shard;
  return html`<tr>
    <th scope="row">${formatNumber(index + 1)}</th>
    <td class="wide">${shownMessage(shardText(shard, activity))}</td>
    <td>${resultText(shard)}</td>
    <td class="number">${formatNumber(attempt)}</td>
    <td class="number">${formatNumber(requests)}</td>
    <td>${model === undefined ? nothing : html`<code><bdi>${revealHidden(truncate(model, 60))}</bdi></code>`}</td>
    <td>
      ${
        batches.length === 0
          ? "none yet"
          : batches.map(
              (id) =>
                html`<a href=${formatHash({ page: "batches", id })}><code><bdi>${truncate(id, 60)}</bdi></code></a> `,
            )
      }
    </td>
  </tr>`;
}

/** The texts of the dialog. */
const questions = {
  continue: {
    title: "Continue with another key?",
    text:
      "This run began with another API key. Continue it only if both keys belong to the same project: otherwise its " +
      "batches cannot be found, and requests may be sent and paid for twice.",
    no: "Don’t continue",
    yes: "Continue run",
  },
  cancel: {
    title: "Cancel this run?",
    text:
      "Its batches are cancelled on the server. Unfinished requests won’t run and nothing more is sent. Finished " +
      "results are fetched.",
    no: "Keep running",
    yes: "Cancel run",
  },
  remove: {
    title: "Remove this run?",
    text:
      "Deletes its journal, requests and results from this browser. Batches on the server stay as they are. A run " +
      "that is not complete cannot be continued afterwards.",
    no: "Keep run",
    yes: "Remove run",
  },
} as const satisfies Record<Question, { title: string; text: string; no: string; yes: string }>;

customElements.define("board-run", BoardRun);
