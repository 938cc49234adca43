// The report on an input file: verdict, facts, tools to fix and split it, and its issues.
import type { ProfileName, Tone } from "batchlight";
import { checkInput, type InputReport } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { formatBytes, formatEstimate, formatNumber, pluralize } from "#common/format.js";
import { sending } from "../../data/api/sending.js";
import { announce } from "../../shared/announce-event.js";
import { type IconName, icon } from "../../shared/components/icon.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHidden, revealHiddenAsText } from "../../shared/hidden-characters.js";
import { Task } from "../../shared/tasks/task.js";
import { taskView } from "../../shared/tasks/task-view.js";
import { truncate } from "../../shared/text.js";
import type { LoadedFile } from "./file-role.js";
import "./fix-panel.js";
import "./issue-list.js";
import "./send-panel.js";
import "./split-panel.js";

/** The number of issues per code that the report lists; the rest are only counted. */
const maxIssues = 100;

const maxNameLength = 80;

/** A panel below the facts. */
type PanelName = "fix" | "split" | "send";

/** The verdict on a file and how it is shown. */
interface Verdict {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title: string;
  readonly summary: string;
}

/**
 * Shows the report on a `loaded` input file for a `profile`. It is `quiet` beside results, which are then announced
 * instead of it.
 */
export class FilesReport extends LightElement {
  static override properties = {
    loaded: { attribute: false },
    profile: {},
    quiet: { attribute: false },
    openPanel: { state: true },
  };
  declare loaded: LoadedFile;
  declare profile: ProfileName;
  declare quiet: boolean;
  declare openPanel: PanelName | undefined;
  #check = new Task<InputReport>(this);

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("loaded") || changed.has("profile")) void this.#run(changed.has("loaded"));
  }

  protected override render() {
    const { result } = this.#check;
    const { key, file } = this.loaded;
    const name = revealHidden(truncate(file.name, maxNameLength));
    const verdict = result && verdictOf(result);
    return html`
      <section class="report" data-tone=${verdict?.tone ?? "neutral"} aria-labelledby=${`${key}-title`}>
        <div class="band head">
          <div class="aside">
            <h2 id=${`${key}-title`} tabindex="-1" data-after-task>
              ${verdict ? html`${icon(verdict.icon)}<span>${verdict.title}</span>` : html`<span>Input file</span>`}
            </h2>
            <p class="name"><bdi>${name}</bdi></p>
          </div>
          <div class="main">
            ${taskView(this.#check)} ${verdict ? html`<p class="summary">${verdict.summary}</p>` : nothing}
            ${result ? html`${facts(result)} ${this.#tools(result)}` : nothing}
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

  /** Only the tools that help this file are buttons. Any valid file can be split by the user's own limits. */
  #tools(report: InputReport): TemplateResult | typeof nothing {
    const { loaded, profile, openPanel } = this;
    const [fixes, splits] = [canFix(report), splitHelps(report)];
    // A run divides a file within the limits by itself. Beside its results, a file is not sent again as a whole: the
    // panel of the results sends what failed.
    const sends = (report.ok || splits) && report.requests > 0 && !this.quiet;
    // The panel goes with its button when results are added.
    const showsSend = sends && openPanel === "send";
    const splitPanel = () => html`<files-split .loaded=${loaded} .profile=${profile}></files-split>`;
    const button = (name: PanelName, text: string, isMain: boolean) =>
      html`<button
        type="button"
        class=${isMain && openPanel === undefined ? "main-action" : nothing}
        aria-expanded=${openPanel === name}
        aria-controls=${`${loaded.key}-${name}`}
        @click=${() => (this.openPanel = openPanel === name ? undefined : name)}
      >
        ${text}
      </button>`;
    return html`
      ${
        fixes || splits || (sends && sending.allowed)
          ? html`<div class="actions">
              ${sends && sending.allowed ? button("send", "Send…", report.ok) : nothing}
              ${fixes ? button("fix", "Fix…", !report.ok || !sending.allowed) : nothing}
              ${splits ? button("split", "Split…", !fixes) : nothing}
            </div>`
          : nothing
      }
      ${sends && !sending.allowed ? html`<p class="hint">${sending.reason}</p>` : nothing}
      <div class="panel" id=${`${loaded.key}-send`} ?hidden=${!showsSend}>
        ${showsSend ? html`<files-send .file=${loaded.file} .profile=${profile}></files-send>` : nothing}
      </div>
      <div class="panel" id=${`${loaded.key}-fix`} ?hidden=${openPanel !== "fix"}>
        ${openPanel === "fix" ? html`<files-fix .loaded=${loaded}></files-fix>` : nothing}
      </div>
      ${
        splits
          ? html`<div class="panel" id=${`${loaded.key}-split`} ?hidden=${openPanel !== "split"}>
              ${openPanel === "split" ? splitPanel() : nothing}
            </div>`
          : report.ok && report.requests > 1
            ? html`<details class="own-limits" ?open=${openPanel === "split"} @toggle=${this.#onToggle}>
                <summary>Split by your own limits</summary>
                <div class="panel">${openPanel === "split" ? splitPanel() : nothing}</div>
              </details>`
            : nothing
      }
    `;
  }

  #onToggle(event: ToggleEvent): void {
    if (event.newState === "open") this.openPanel = "split";
    else if (this.openPanel === "split") this.openPanel = undefined;
  }

  async #run(isNew: boolean): Promise<void> {
    const { file } = this.loaded;
    const { profile } = this;
    this.openPanel = undefined;
    const name = revealHiddenAsText(truncate(file.name, maxNameLength));
    const report = await this.#check.run(`Checking ${name}`, (options) =>
      checkInput(file, { profile, maxIssues, ...options }),
    );
    // Of two announcements in quick succession only the last is read out: the results take precedence.
    if (!report || (isNew && this.quiet)) return;
    const { title, summary } = verdictOf(report);
    announce(this, `${name}: ${title}. ${summary}`);
  }
}

/** Whether a fix changes the file. Missing ids are added on request. */
const canFix = ({ fixable, issues }: InputReport): boolean =>
  fixable > 0 || issues.some(({ code, param }) => code === "missing_required_parameter" && param === "custom_id");

/** Whether splitting the file solves an issue: the help of the issue then says so. */
const splitHelps = ({ issues }: InputReport): boolean =>
  issues.some(({ help }) => /\buse split\b|\bsplit the file\b/.test(help));

function verdictOf({ ok, requests, counts }: InputReport): Verdict {
  const countOf = (wanted: string): number =>
    counts.filter(({ level }) => level === wanted).reduce((sum, { count }) => sum + count, 0);
  const levels = (["error", "warning", "note"] as const)
    .filter((level) => countOf(level) > 0)
    .map((level) => pluralize(countOf(level), level));
  const summary = `${pluralize(requests, "request")}, ${levels.join(", ") || "no problems found"}.`;
  if (!ok) return { tone: "danger", icon: "octagon-cross", title: "Will be rejected", summary };
  if (countOf("warning") > 0)
    return { tone: "warning", icon: "triangle-alert", title: "Ready to send, with warnings", summary };
  return { tone: "success", icon: "circle-check", title: "Ready to send", summary };
}

/** Renders the facts of a file. */
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
    ${fact("Size", formatBytes(bytes))}
    ${fact(
      "Estimated input tokens",
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

const maxShares = 8;

/** Renders names with their number of requests; a single name has no number. */
function shares(all: readonly (readonly [string, number])[]): TemplateResult {
  const rest = all.length - maxShares;
  return html`${all.slice(0, maxShares).map(
    ([name, count]) =>
      html`<span class="share"
        ><code><bdi>${revealHidden(truncate(name, maxNameLength))}</bdi></code
        >${all.length > 1 ? html` <span class="exact">${formatNumber(count)}</span>` : nothing}</span
      >`,
  )}${rest > 0 ? html`<span class="share">and ${formatNumber(rest)} more</span>` : nothing}`;
}

customElements.define("files-report", FilesReport);
