// The panel that splits an input file into shards within a server's limits.
import type { ProfileName } from "batchlight";
import { type Shard, type SplitLimits, type SplitPlan, splitInput } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { formatBytes, formatEstimate, formatNumber, pluralize } from "#common/format.js";
import { announce } from "../../shared/announce-event.js";
import { collapsibleList } from "../../shared/components/collapsible-list.js";
import { LightElement } from "../../shared/components/light-element.js";
import { showMore } from "../../shared/components/show-more.js";
import { revealHidden, revealHiddenAsText } from "../../shared/hidden-characters.js";
import { canSaveToFolder, cancelled, chooseFile, chooseFolder, toStream } from "../../shared/tasks/save-file.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";
import { truncate } from "../../shared/text.js";
import type { LoadedFile } from "./file-role.js";

/** The limits that the user can set. The package uses its own limit where a field is empty. */
const limits = {
  requests: "Requests",
  bytes: "Bytes",
  embeddingInputs: "Embedding inputs",
  tokens: "Input tokens",
} as const satisfies Record<keyof SplitLimits, string>;

type Limit = keyof typeof limits;

/** The number of shards that are shown first. */
const initiallyShown = 50;

/** The number of shards that "Show more" adds. */
const showMoreStep = 100;

const maxSkippedShown = 5;

/** Splits a `loaded` input file. */
export class FilesSplit extends LightElement {
  static override properties = { loaded: { attribute: false }, profile: {}, shown: { state: true } };
  declare loaded: LoadedFile;
  declare profile: ProfileName;
  /** The number of shards shown. */
  declare shown: number;
  #plan = new Task<SplitPlan>(this);
  #save = new Task<true>(this);

  constructor() {
    super();
    this.shown = initiallyShown;
  }

  protected override render(): TemplateResult {
    const { result } = this.#plan;
    const id = (limit: Limit): string => `${this.loaded.key}-${limit}`;
    return html`
      <p>
        Each shard has one model and one endpoint, stays within these limits, and keeps every line byte for byte. Leave
        a field empty to use the provider’s limit.
      </p>
      <form class="limits" @submit=${this.#preview}>
        ${Object.entries(limits).map(
          ([limit, name]) =>
            html`<label for=${id(limit as Limit)}
              ><span>${name}</span
              ><input id=${id(limit as Limit)} name=${limit} type="number" inputmode="numeric" min="1" step="1"
            /></label>`,
        )}
        <button type="submit" class="main-action">Preview split</button>
      </form>
      ${taskView(this.#plan)} ${result ? this.#shards(result) : nothing} ${taskView(this.#save)}
    `;
  }

  #shards({ shards, manifest }: SplitPlan): TemplateResult {
    const { skipped, skippedCount } = manifest;
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
      ${showMore(shards.length - this.shown, showMoreStep, () => (this.shown += showMoreStep))}
      ${
        skippedCount === 0
          ? nothing
          : html`<div class="skipped">
              <h3>${pluralize(skippedCount, "line")} skipped</h3>
              ${collapsibleList(
                skipped,
                maxSkippedShown,
                ({ line, until, reason }) =>
                  html`<li>
                    <span class="place"
                      >Line ${formatNumber(line)}${until > line ? ` to ${formatNumber(until)}` : nothing}</span
                    >
                    <bdi>${revealHidden(truncate(reason, 300))}</bdi>
                  </li>`,
              )}
            </div>`
      }
      <div class="actions">
        ${
          canSaveToFolder()
            ? html`<button type="button" class="main-action" @click=${() => this.#saveAll(shards)}>
                Save all to a folder
              </button>`
            : nothing
        }
        <button type="button" @click=${() => this.#saveManifest(manifest)}>Save manifest</button>
        <span class="hint">Maps each custom_id to its file.</span>
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

  async #preview(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const chosen = Object.keys(limits).flatMap((limit) => {
      const text = String(form.get(limit) ?? "");
      return text === "" ? [] : [[limit, Number(text)] as const];
    });
    this.shown = initiallyShown;
    const { file } = this.loaded;
    const plan = await this.#plan.run(`Splitting ${revealHiddenAsText(truncate(file.name, 80))}`, (options) =>
      splitInput(file, {
        limits: Object.fromEntries(chosen),
        profile: this.profile,
        name: file.name.replace(/\.[^.]+$/, ""),
        ...options,
      }),
    );
    if (!plan) return;
    const { shards, manifest } = plan;
    announce(this, `${pluralize(shards.length, "shard")}, ${pluralize(manifest.skippedCount, "line")} skipped.`);
  }

  async #saveOne(shard: Shard): Promise<void> {
    const target = await chooseFile(shard.name);
    if (target === cancelled) return;
    const saved = await this.#save.run(`Saving ${shard.name}`, async ({ signal }) => {
      await target(shard.stream(), signal);
      return true as const;
    });
    if (saved) announce(this, `Saved ${shard.name}.`);
  }

  async #saveAll(shards: readonly Shard[]): Promise<void> {
    const open = await chooseFolder();
    if (open === cancelled) return;
    const total = shards.reduce((sum, { bytes }) => sum + bytes, 0);
    const saved = await this.#save.run(
      `Saving ${pluralize(shards.length, "shard")}`,
      async ({ signal, onProgress }) => {
        let [bytes, lines] = [0, 0];
        for (const shard of shards) {
          const target = await open(shard.name);
          await target(shard.stream(), signal);
          bytes += shard.bytes;
          lines += shard.requests;
          onProgress({ bytes, total, lines });
        }
        return true as const;
      },
    );
    if (saved) announce(this, `Saved ${pluralize(shards.length, "shard")}.`);
  }

  async #saveManifest(manifest: SplitPlan["manifest"]): Promise<void> {
    const name = `${this.loaded.file.name.replace(/\.[^.]+$/, "")}.manifest.json`;
    const target = await chooseFile(name);
    if (target === cancelled) return;
    const saved = await this.#save.run(`Saving ${name}`, async ({ signal }) => {
      await target(toStream(`${JSON.stringify(manifest, null, 2)}\n`), signal);
      return true as const;
    });
    if (saved) announce(this, `Saved ${revealHiddenAsText(name)}.`);
  }
}

customElements.define("files-split", FilesSplit);
