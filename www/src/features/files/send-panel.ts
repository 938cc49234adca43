// The panel that sends an input file. It shows the plan, and sends nothing before the user confirms it.
import type { ProfileName } from "batchlight";
import type { PlannedBatch, RunPlan } from "batchlight/run";
import { html, nothing, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { formatNumber, pluralize } from "#common/format.js";
import { messageOf } from "#common/thrown.js";
import { formatAgo } from "../../data/feed/connection-status.js";
import { requestsOf, runWithSameRequests, sizeText } from "../../data/runs/listed-run.js";
import { runModule } from "../../data/runs/run-module.js";
import { maxAttempts } from "../../data/runs/runs.js";
import { RunsController } from "../../data/runs/runs-controller.js";
import { announce } from "../../shared/announce-event.js";
import { banner, errorBanner } from "../../shared/components/banner.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHidden, revealHiddenAsText } from "../../shared/hidden-characters.js";
import { formatHash, navigate } from "../../shared/route.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";
import { truncate } from "../../shared/text.js";

/** Plans the run of a `file` for a `profile`, and sends it after a confirmation. */
export class FilesSend extends LightElement {
  static override properties = {
    file: { attribute: false },
    profile: {},
    sending: { state: true },
    problem: { state: true },
  };
  declare file: File;
  declare profile: ProfileName;
  /** Whether the run is being started. */
  declare sending: boolean;
  /** Why the run could not be started. */
  declare problem: string | undefined;
  readonly #plan = new Task<RunPlan>(this);
  readonly #controller = new RunsController(this);
  readonly #dialog = createRef<HTMLDialogElement>();

  constructor() {
    super();
    this.sending = false;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("file") && !changed.has("profile")) return;
    this.#dialog.value?.close();
    this.problem = undefined;
    void this.#runPlan();
  }

  protected override render(): TemplateResult {
    const { result } = this.#plan;
    return html`${taskView(this.#plan)} ${result ? this.#planView(result.shards) : nothing}`;
  }

  #planView(shards: readonly PlannedBatch[]): TemplateResult {
    const requests = pluralize(requestsOf(shards), "request");
    const { runs } = this.#controller;
    return html`
      <h3 tabindex="-1" data-after-task>${sizeText(shards)}</h3>
      ${isUniform(shards) ? nothing : html`<p>The file is divided: each batch has one model and one endpoint.</p>`}
      ${groupList(shards)} ${this.#duplicateWarning(shards)}
      ${errorBanner("Couldn’t send.", this.problem)}
      <div class="actions">
        <button
          type="button"
          class="main-action"
          ?disabled=${!runs || this.sending}
          @click=${() => this.#dialog.value?.showModal()}
        >
          Send ${requests}…
        </button>
        <span class="hint">Asks before anything is sent</span>
      </div>
      <dialog class="confirm" aria-labelledby="send-title" ${ref(this.#dialog)}>
        <form method="dialog">
          <h2 id="send-title">Send ${requests}?</h2>
          <p>
            To <b><bdi>${runs?.account.host}</bdi></b>. The account of the board’s API key pays for them.
          </p>
          ${isUniform(shards) ? nothing : html`<p>${sizeText(shards)}</p>`}
          ${groupList(shards)} ${this.#duplicateWarning(shards)}
          <p class="hint">
            Input tokens are an estimate, and output tokens come on top. Requests that fail temporarily, expire or get
            no result are sent again, so that each is sent at most ${formatNumber(maxAttempts)} times.
          </p>
          <p class="actions">
            <button value="no" autofocus>Don’t send</button
            ><button value="yes" class="main-action" @click=${() => void this.#send(shards)}>Send ${requests}</button>
          </p>
        </form>
      </dialog>
    `;
  }

  /** Renders a warning if a run of this browser has the same requests. */
  #duplicateWarning(shards: readonly PlannedBatch[]): TemplateResult | typeof nothing {
    const same = runWithSameRequests(this.#controller.runs?.all ?? [], shards);
    if (!same) return nothing;
    const { name, at } = same.record;
    return banner(
      "warning",
      "These requests were sent before.",
      html`<p>
        <a href=${formatHash({ page: "runs", id: name })}>A run</a> with them began ${formatAgo(at * 1000, Date.now())}.
        If you send them again, they run and cost again.
      </p>`,
    );
  }

  async #runPlan(): Promise<void> {
    const { file, profile } = this;
    const plan = await this.#plan.run(`Planning ${revealHiddenAsText(truncate(file.name, 80))}`, async ({ signal }) =>
      (await runModule()).planRun(file, { profile, signal }),
    );
    if (plan) announce(this, sizeText(plan.shards));
  }

  async #send(shards: readonly PlannedBatch[]): Promise<void> {
    const { runs } = this.#controller;
    const { file, profile } = this;
    if (!runs || this.sending) return;
    this.sending = true;
    this.problem = undefined;
    try {
      const id = await runs.start({ file, profile, shards });
      navigate({ page: "runs", id });
    } catch (error) {
      this.problem = messageOf(error);
      announce(this, `Couldn’t send. ${this.problem}`);
    }
    this.sending = false;
  }
}

/** Whether all batches have the same model and endpoint. */
const isUniform = ([first, ...others]: readonly PlannedBatch[]): boolean =>
  others.every(({ model, endpoint }) => model === first?.model && endpoint === first?.endpoint);

/** Renders the batches by model and endpoint. */
function groupList(shards: readonly PlannedBatch[]): TemplateResult {
  const groups = new Map<string, PlannedBatch[]>();
  for (const shard of shards) {
    const key = JSON.stringify([shard.model, shard.endpoint]);
    groups.set(key, [...(groups.get(key) ?? []), shard]);
  }
  const code = (text: string | undefined) =>
    text ? html`<code><bdi>${revealHidden(truncate(text, 60))}</bdi></code> ` : nothing;
  return html`<ul class="send-groups">
    ${[...groups.values()].map(
      (group) => html`<li>${code(group[0]?.model)}${code(group[0]?.endpoint)}<span>${sizeText(group)}</span></li>`,
    )}
  </ul>`;
}

customElements.define("files-send", FilesSend);
