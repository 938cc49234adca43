// One request beside its response: what was asked, what came, why it failed, and its tokens.
import type { Cause, RequestVerdict } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import { retryLabels } from "../../shared/components/cause-list.js";
import { LightElement } from "../../shared/components/light-element.js";
import "../../shared/components/raw-json.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { truncate } from "../../shared/text.js";
import {
  repliesOf,
  errorOf,
  type Message,
  messagesOf,
  modelOf,
  requestBody,
  responseBody,
  responseTokens,
} from "./request-content.js";
import type { Line, RequestLines } from "./request-lines.js";

/** The maximum number of characters of a message that are shown; the raw JSON has more. */
const maxText = 6000;

/** A line that was read: `undefined` if there is none, `unreadable` if its file was deleted or changed. */
type ReadLine = Line | "unreadable" | undefined;

/** The lines of the request that is shown. */
interface Content {
  readonly verdict: RequestVerdict;
  readonly request: ReadLine;
  readonly response: ReadLine;
}

/** Shows the request with a `verdict`, whose lines are read from `lines`; `fileName` is set where there are several. */
export class FilesRequest extends LightElement {
  static override properties = {
    verdict: { attribute: false },
    cause: { attribute: false },
    lines: { attribute: false },
    fileName: { attribute: false },
    content: { state: true },
  };
  declare verdict: RequestVerdict;
  declare cause: Cause | undefined;
  declare lines: RequestLines;
  declare fileName: string | undefined;
  declare content: Content | undefined;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("verdict") || changed.has("lines")) void this.#read();
  }

  async #read(): Promise<void> {
    const { verdict, lines } = this;
    const read = (line: Promise<Line | undefined>): Promise<ReadLine> => line.catch(() => "unreadable" as const);
    const [request, response] = await Promise.all([read(lines.request(verdict)), read(lines.response(verdict))]);
    if (verdict === this.verdict) this.content = { verdict, request, response };
  }

  protected override render(): TemplateResult {
    const { verdict, cause, fileName } = this;
    // The previous request stays until the lines of this one are read, so that the layout does not shift.
    const content = this.content?.verdict === verdict ? this.content : undefined;
    const body = responseBody(jsonOf(content?.response));
    const tokens = responseTokens(body);
    const model = modelOf(body) ?? modelOf(requestBody(jsonOf(content?.request)));
    const facts = [
      fileName === undefined ? undefined : truncate(fileName, 40),
      verdict.line === undefined ? undefined : `line ${formatNumber(verdict.line)}`,
      verdict.statusCode === undefined ? undefined : `HTTP ${verdict.statusCode}`,
      verdict.attempts > 1 ? pluralize(verdict.attempts, "result") : undefined,
    ].filter((part) => part !== undefined);
    return html`<article class="request" data-verdict=${verdict.verdict} aria-labelledby="request-id">
      <header>
        <h4 id="request-id">
          <code><bdi>${revealHidden(truncate(verdict.custom_id, 200))}</bdi></code>
        </h4>
        <p>
          <span class="verdict-word">${verdict.verdict}</span>
          <bdi class="hint">${revealHidden(facts.join(" · "))}</bdi>
        </p>
        ${cause ? this.#cause(cause) : nothing}
        ${
          tokens
            ? html`<p class="hint tokens">
                ${
                  model === undefined ? nothing : html`<code><bdi>${revealHidden(truncate(model, 60))}</bdi></code> · `
                }${formatNumber(tokens.input ?? 0)}
                input and ${pluralize(tokens.output ?? 0, "output token")}
              </p>`
            : nothing
        }
      </header>
      <div class="request-sides">
        <section aria-labelledby="asked-title">
          <h5 id="asked-title">Request</h5>
          ${
            content
              ? lineContent(content.request, requestMessages(content.request), "No line of an input file.")
              : nothing
          }
        </section>
        <section aria-labelledby="came-title">
          <h5 id="came-title">Response</h5>
          ${content ? lineContent(content.response, responseMessages(content.response), "No result.") : nothing}
        </section>
      </div>
    </article>`;
  }

  #cause({ message, meaning, advice, retry }: Cause): TemplateResult {
    return html`<div class="request-cause" data-retry=${retry}>
      <p><bdi>${revealHidden(truncate(message, 600))}</bdi></p>
      <p class="hint">${meaning}</p>
      <p class="advice">${advice} <span class="retry">${retryLabels[retry]}</span></p>
    </div>`;
  }
}

const jsonOf = (line: ReadLine): unknown => (typeof line === "object" ? line.value : undefined);

const requestMessages = (line: ReadLine): readonly Message[] => messagesOf(requestBody(jsonOf(line)));

function responseMessages(line: ReadLine): readonly Message[] {
  const error = errorOf(jsonOf(line));
  const replies = repliesOf(responseBody(jsonOf(line)));
  return error ? [{ role: error.code ?? "error", text: error.message }, ...replies] : replies;
}

/** The messages and the JSON of a line, or `placeholder` if there is no line. */
function lineContent(line: ReadLine, messages: readonly Message[], placeholder: string): TemplateResult {
  if (!line) return html`<p class="hint">${placeholder}</p>`;
  if (line === "unreadable")
    return html`<p class="hint">This file can no longer be read, because it was deleted or changed. Add it again.</p>`;
  return html`${messages.map(
    ({ role, text }) =>
      html`<div class="said">
        ${role === undefined ? nothing : html`<p class="role"><bdi>${revealHidden(truncate(role, 60))}</bdi></p>`}
        <p class="words"><bdi>${revealHidden(truncate(text, maxText))}</bdi></p>
      </div>`,
  )}
  ${line.cut ? html`<p class="hint">The line is too long to be shown as a whole.</p>` : nothing}
  <board-raw-json .value=${line.value ?? line.text}></board-raw-json>`;
}

customElements.define("files-request", FilesRequest);
