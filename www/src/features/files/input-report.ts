// What is wrong with an input file, what it holds, and what can be done about it.
import { checkInput, type InputReport } from "batchlight/worker";
import type { ProfileName, Tone } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { type Shape, shape } from "../../shared/components/icon.js";
import { LightElement } from "../../shared/components/light-element.js";
import { announce } from "../../shared/announce-event.js";
import { pluralize, formatNumber, truncate } from "../../shared/text.js";
import type { LoadedFile } from "./file-role.js";
import { formatEstimate, formatBytes } from "../../shared/tasks/sizes.js";
import { Task } from "../../shared/tasks/task.js";
import { revealHiddenAsText, revealHidden } from "../../shared/hidden-characters.js";
import "./issue-list.js";
import "./fix-panel.js";
import "./split-panel.js";
import { taskView } from "../../shared/tasks/task-view.js";

/** How many issues of a kind can be looked at; the others are pluralize. */
const keep = 100;

const mostOfAName = 80;

/** A verdict: how it looks, and what it says. */
interface Verdict {
  readonly tone: Tone;
  readonly icon: Shape;
  readonly title: string;
  readonly sentence: string;
}

/**
 * The report on a `held` input file, by the rules of a `profile`; `quiet` where what became of the requests is told,
 * which is the news then.
 */
export class FilesReport extends LightElement {
  static override properties = {
    held: { attribute: false },
    profile: {},
    quiet: { attribute: false },
    open: { state: true },
  };
  declare held: LoadedFile;
  declare profile: ProfileName;
  declare quiet: boolean;
  declare open: "fix" | "split" | undefined;
  #check = new Task<InputReport>(this);

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("held") || changed.has("profile")) void this.#run(changed.has("held"));
  }

  protected override render() {
    const { result } = this.#check;
    const { key, file } = this.held;
    const name = revealHidden(truncate(file.name, mostOfAName));
    const verdict = result && verdictOf(result);
    return html`
      <section class="report" data-tone=${verdict?.tone ?? "neutral"} aria-labelledby=${`${key}-title`}>
        <div class="band head">
          <div class="aside">
            <h2 id=${`${key}-title`} tabindex="-1" data-after-task>
              ${verdict ? html`${shape(verdict.icon)}<span>${verdict.title}</span>` : html`<span>Input file</span>`}
            </h2>
            <p class="name"><bdi>${name}</bdi></p>
          </div>
          <div class="main">
            ${taskView(this.#check)} ${verdict ? html`<p class="summary">${verdict.sentence}</p>` : nothing}
            ${result ? html`${facts(result)} ${this.#tools()}` : nothing}
          </div>
        </div>
        ${
          result
            ? html`<files-issues
                .file=${file}
                .issues=${result.issues}
                .counts=${result.counts}
              ></files-issues>`
            : nothing
        }
      </section>
    `;
  }

  #tools(): TemplateResult {
    const tool = (name: "fix" | "split", text: string) =>
      html`<button
        type="button"
        aria-expanded=${this.open === name}
        aria-controls=${`${this.held.key}-${name}`}
        @click=${() => (this.open = this.open === name ? undefined : name)}
      >
        ${text}
      </button>`;
    return html`
      <div class="actions">${tool("fix", "Fix")} ${tool("split", "Split it")}</div>
      <div class="panel" id=${`${this.held.key}-fix`} ?hidden=${this.open !== "fix"}>
        ${this.open === "fix" ? html`<files-fix .held=${this.held}></files-fix>` : nothing}
      </div>
      <div class="panel" id=${`${this.held.key}-split`} ?hidden=${this.open !== "split"}>
        ${
          this.open === "split"
            ? html`<files-split .held=${this.held} .profile=${this.profile}></files-split>`
            : nothing
        }
      </div>
    `;
  }

  async #run(isNew: boolean): Promise<void> {
    const { file } = this.held;
    const { profile } = this;
    this.open = undefined;
    const name = revealHiddenAsText(truncate(file.name, mostOfAName));
    const report = await this.#check.run(`Checking ${name}`, (options) =>
      checkInput(file, { profile, keep, ...options }),
    );
    // Of two that are told within a moment the later stays: it must not be this one.
    if (!report || (isNew && this.quiet)) return;
    const { title, sentence } = verdictOf(report);
    announce(this, `${name}: ${title}. ${sentence}`);
  }
}

function verdictOf({ ok, requests, counts }: InputReport): Verdict {
  const many = (wanted: string): number =>
    counts.filter(({ level }) => level === wanted).reduce((sum, { count }) => sum + count, 0);
  const told = (["error", "warning", "note"] as const)
    .filter((level) => many(level) > 0)
    .map((level) => pluralize(many(level), level));
  const found = told.length === 0 ? "nothing to remark" : told.join(", ");
  const sentence = `${pluralize(requests, "request")}: ${found}.`;
  if (!ok) return { tone: "danger", icon: "octagon-cross", title: "Will be refused", sentence };
  if (many("warning") > 0)
    return { tone: "warning", icon: "triangle-alert", title: "Can be sent, with warnings", sentence };
  return { tone: "success", icon: "circle-check", title: "Ready to send", sentence };
}

/** What the file holds. */
function facts({
  bytes,
  lines,
  models,
  endpoints,
  embeddingInputs,
  inputTokens,
  requests,
}: InputReport): TemplateResult {
  const fact = (name: string, value: TemplateResult | string) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<dl class="facts">
    ${fact("Requests", formatNumber(requests))} ${fact("Lines", formatNumber(lines))}
    ${fact(
      "Size",
      html`${formatBytes(bytes)} <span class="exact">${bytes < 1024 ? nothing : `${formatNumber(bytes)} bytes`}</span>`,
    )}
    ${fact(
      "Input tokens, estimated",
      html`${formatEstimate(inputTokens.estimate)}
        <span class="exact">${formatEstimate(inputTokens.low)} to ${formatEstimate(inputTokens.high)}</span>`,
    )}
    ${embeddingInputs > 0 ? fact("Embedding inputs", formatNumber(embeddingInputs)) : nothing}
    ${
      models.length === 0
        ? nothing
        : fact(models.length === 1 ? "Model" : "Models", shares(models.map(({ model, requests }) => [model, requests])))
    }
    ${
      endpoints.length === 0
        ? nothing
        : fact(
            endpoints.length === 1 ? "Endpoint" : "Endpoints",
            shares(endpoints.map(({ endpoint, requests }) => [endpoint, requests])),
          )
    }
  </dl>`;
}

const mostShares = 8;

/** Names, each with how many requests it has; a single one needs no number. */
function shares(all: readonly (readonly [string, number])[]): TemplateResult {
  const rest = all.length - mostShares;
  return html`${all.slice(0, mostShares).map(
    ([name, many]) =>
      html`<span class="share"
        ><code><bdi>${revealHidden(truncate(name, mostOfAName))}</bdi></code
        >${all.length > 1 ? html` <span class="exact">${formatNumber(many)}</span>` : nothing}</span
      >`,
  )}${rest > 0 ? html`<span class="share">and ${formatNumber(rest)} more</span>` : nothing}`;
}

customElements.define("files-report", FilesReport);
