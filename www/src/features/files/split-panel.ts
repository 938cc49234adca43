// Splitting an input file into shards that a server takes.
import { splitInput, type Shard, type SplitOptions, type SplitPlan } from "batchlight/worker";
import type { ProfileName } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { collapsibleList } from "../../shared/components/collapsible-list.js";
import { LightElement } from "../../shared/components/light-element.js";
import { announce } from "../../shared/announce-event.js";
import { pluralize, formatNumber, truncate } from "../../shared/text.js";
import type { LoadedFile } from "./file-role.js";
import { canSaveToFolder, declined, folder, streamed, target } from "../../shared/tasks/save-file.js";
import { formatEstimate, formatBytes } from "../../shared/tasks/sizes.js";
import { Task } from "../../shared/tasks/task.js";
import { revealHiddenAsText, revealHidden } from "../../shared/hidden-characters.js";
import { taskView } from "../../shared/tasks/task-view.js";

/** The limits that can be set. One that is left empty is the package's own. */
const limits = {
  requests: "Requests",
  bytes: "Bytes",
  embeddingInputs: "Embedding inputs",
  tokens: "Input tokens",
} as const satisfies Partial<Record<keyof SplitOptions, string>>;

type Limit = keyof typeof limits;

const [atFirst, more] = [50, 100];
const leftOutAtOnce = 5;

/** Splits a `held` input file. */
export class FilesSplit extends LightElement {
  static override properties = { held: { attribute: false }, profile: {}, shown: { state: true } };
  declare held: LoadedFile;
  declare profile: ProfileName;
  declare shown: number;
  #plan = new Task<SplitPlan>(this);
  #save = new Task<true>(this);

  constructor() {
    super();
    this.shown = atFirst;
  }

  protected override render(): TemplateResult {
    const { result } = this.#plan;
    const id = (limit: Limit): string => `${this.held.key}-${limit}`;
    return html`
      <p>
        Each shard keeps the exact bytes of its lines, holds one model and one endpoint, and stays within these limits.
        An empty field means the limit of the rules chosen above.
      </p>
      <form class="limits" @submit=${this.#split}>
        ${Object.entries(limits).map(
          ([limit, name]) =>
            html`<label for=${id(limit as Limit)}
              ><span>${name}</span
              ><input id=${id(limit as Limit)} name=${limit} type="number" inputmode="numeric" min="1" step="1"
            /></label>`,
        )}
        <button type="submit" class="main-action">Plan the shards</button>
      </form>
      ${taskView(this.#plan)} ${result ? this.#shards(result) : nothing} ${taskView(this.#save)}
    `;
  }

  #shards({ shards, manifest }: SplitPlan): TemplateResult {
    const { leftOut, leftOutCount } = manifest;
    return html`
      <h3 tabindex="-1" data-after-task>${pluralize(shards.length, "shard")}</h3>
      <div class="scroller" role="region" aria-label="Shards" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Model</th>
              <th scope="col">Endpoint</th>
              <th scope="col" class="number">Requests</th>
              <th scope="col" class="number">Size</th>
              <th scope="col" class="number">Input tokens</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${shards.slice(0, this.shown).map((shard) => this.#shard(shard))}
          </tbody>
        </table>
      </div>
      ${
        this.shown < shards.length
          ? html`<p>
              <button type="button" @click=${() => (this.shown += more)}>
                Show ${formatNumber(Math.min(more, shards.length - this.shown))} more
              </button>
            </p>`
          : nothing
      }
      ${
        leftOutCount === 0
          ? nothing
          : html`<div class="left-out">
              <h3>${pluralize(leftOutCount, "line")} left out</h3>
              ${collapsibleList(
                leftOut,
                leftOutAtOnce,
                ({ line, until, reason }) =>
                  html`<li>
                    <span class="place">Line ${formatNumber(line)}${until > line ? ` to ${formatNumber(until)}` : nothing}</span>
                    <bdi>${revealHidden(truncate(reason, 300))}</bdi>
                  </li>`,
              )}
            </div>`
      }
      <div class="actions">
        ${
          canSaveToFolder()
            ? html`<button type="button" class="main-action" @click=${() => this.#saveAll(shards)}>
                Save all into a folder
              </button>`
            : nothing
        }
        <button type="button" @click=${() => this.#saveManifest(manifest)}>Save the manifest</button>
        <span class="hint">It says which custom_id went where.</span>
      </div>
    `;
  }

  #shard(shard: Shard): TemplateResult {
    const { name, model, endpoint, requests, bytes, inputTokens } = shard;
    const code = (text: string | undefined) =>
      text ? html`<code><bdi>${revealHidden(truncate(text, 60))}</bdi></code>` : nothing;
    return html`<tr>
      <th scope="row"><code>${name}</code></th>
      <td>${code(model)}</td>
      <td>${code(endpoint)}</td>
      <td class="number">${formatNumber(requests)}</td>
      <td class="number">${formatBytes(bytes)}</td>
      <td class="number">${formatEstimate(inputTokens.estimate)}</td>
      <td>
        <button type="button" @click=${() => this.#saveOne(shard)}>Save<span class="hidden"> ${name}</span></button>
      </td>
    </tr>`;
  }

  async #split(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const given = Object.keys(limits).flatMap((limit) => {
      const text = String(form.get(limit) ?? "");
      return text === "" ? [] : [[limit, Number(text)] as const];
    });
    this.shown = atFirst;
    const { file } = this.held;
    const plan = await this.#plan.run(`Splitting ${revealHiddenAsText(truncate(file.name, 80))}`, (options) =>
      splitInput(file, {
        ...Object.fromEntries(given),
        profile: this.profile,
        name: file.name.replace(/\.[^.]+$/, ""),
        ...options,
      }),
    );
    if (plan)
      announce(this, `${pluralize(plan.shards.length, "shard")}, ${pluralize(plan.manifest.leftOutCount, "line")} left out.`);
  }

  async #saveOne(shard: Shard): Promise<void> {
    const where = await target(shard.name);
    if (where === declined) return;
    const saved = await this.#save.run(`Saving ${shard.name}`, async ({ signal }) => {
      await where(shard.stream(), signal);
      return true as const;
    });
    if (saved) announce(this, `${shard.name} saved.`);
  }

  async #saveAll(shards: readonly Shard[]): Promise<void> {
    const into = await folder();
    if (into === declined) return;
    const total = shards.reduce((sum, { bytes }) => sum + bytes, 0);
    const saved = await this.#save.run(`Saving ${pluralize(shards.length, "shard")}`, async ({ signal, onProgress }) => {
      let [bytes, lines] = [0, 0];
      for (const shard of shards) {
        await (await into(shard.name))(shard.stream(), signal);
        bytes += shard.bytes;
        lines += shard.requests;
        onProgress({ bytes, total, lines });
      }
      return true as const;
    });
    if (saved) announce(this, `${pluralize(shards.length, "shard")} saved.`);
  }

  async #saveManifest(manifest: SplitPlan["manifest"]): Promise<void> {
    const name = `${this.held.file.name.replace(/\.[^.]+$/, "")}.manifest.json`;
    const where = await target(name);
    if (where === declined) return;
    const saved = await this.#save.run(`Saving ${name}`, async ({ signal }) => {
      await where(streamed(`${JSON.stringify(manifest, null, 2)}\n`), signal);
      return true as const;
    });
    if (saved) announce(this, `${revealHiddenAsText(name)} saved.`);
  }
}

customElements.define("files-split", FilesSplit);
