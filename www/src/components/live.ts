// The batches of an API, live; made only where the command serves the page.
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Entry } from "../entry.js";
import { groups } from "../groups.js";
import { Live, served } from "../live.js";
import { say } from "../say.js";
import { counted, grouped, shorten } from "../text.js";
import { batch } from "./batch.js";
import { LightElement } from "./light-element.js";

/** How often the page says anew how old it is, in milliseconds. */
const tick = 1000;

/** The batches of an API, by what needs attention. */
export class BoardLive extends LightElement {
  static override properties = { refusal: { state: true }, busy: { state: true } };
  /** Why a batch was not cancelled. */
  declare refusal: string | undefined;
  /** The batch that is being cancelled. */
  declare busy: string | undefined;
  #live = new Live(this, served!);
  #ticker: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticker = setInterval(() => document.hidden || this.requestUpdate(), tick);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticker);
  }

  protected override render() {
    const { simulated, host } = served!;
    const { entries, more, trouble } = this.#live;
    return html`
      <section class="live" aria-labelledby="live-title" data-simulated=${simulated}>
        <div class="band about">
          <h2 class="aside" id="live-title">${simulated ? "Simulated batches" : "Your batches"}</h2>
          <div class="main">
            <p>
              ${simulated
                ? html`<b>None of these is real:</b> they are simulated on this machine, and a day of theirs passes in six minutes. To see
                    your own, start <code>batchlight board</code> with <code>OPENAI_API_KEY</code> set.`
                : html`At <b><bdi>${host}</bdi></b>. The key stays with the command that serves this page.`}
            </p>
            <p class="checked">${this.#checked()}</p>
            ${trouble === undefined ? nothing : html`<p class="trouble" data-tone="danger"><b>Not up to date:</b> <bdi>${shorten(trouble, 500)}</bdi></p>`}
            ${this.refusal === undefined ? nothing : html`<p class="trouble" data-tone="danger"><b>Not cancelled:</b> <bdi>${shorten(this.refusal, 500)}</bdi></p>`}
            ${more ? html`<p>The newest ${grouped(entries!.length)} are shown.</p>` : nothing}
          </div>
        </div>
        ${entries?.length === 0 ? html`<p class="none">There are no batches yet.</p>` : nothing}
        ${groups.map(([group, title]) => this.#group(group, title, entries?.filter(({ view }) => view.group === group) ?? []))}
      </section>
    `;
  }

  #group(group: string, title: string, entries: readonly Entry[]) {
    if (entries.length === 0) return nothing;
    return html`<section class="group" data-group=${group} aria-labelledby=${`live-group-${group}`}>
      <h2 id=${`live-group-${group}`}>${title} <span class="many">${grouped(entries.length)}</span></h2>
      ${repeat(entries, ({ key }) => key, (entry) => html`${batch(entry)}${this.#cancelButton(entry)}`)}
    </section>`;
  }

  #cancelButton({ view: { cancellable, id, label } }: Entry) {
    if (!cancellable || id === undefined) return nothing;
    return html`<p class="tools"><button type="button" class="cancel" ?disabled=${this.busy !== undefined} @click=${() => this.#cancel(id)}>
      cancel<bdi class="hidden"> ${shorten(id, 40)}, ${shorten(label, 40)}</bdi>
    </button></p>`;
  }

  #checked(): string {
    const { checked } = this.#live;
    if (checked === undefined) return "not checked yet";
    const seconds = Math.max(0, Math.round((Date.now() - checked) / 1000));
    return `last checked ${seconds < 2 ? "just now" : seconds < 120 ? `${counted(seconds, "second")} ago` : `${counted(Math.floor(seconds / 60), "minute")} ago`}`;
  }

  async #cancel(id: string): Promise<void> {
    if (!confirm(`Cancel ${id}? What it has not done by then is never done.`)) return;
    this.busy = id;
    this.refusal = undefined;
    try {
      await this.#live.cancel(id);
      say(this, `cancellation of ${id} has been asked for`);
    } catch (error) {
      this.refusal = error instanceof Error ? error.message : String(error);
      say(this, `${id} was not cancelled: ${this.refusal}`);
    }
    this.busy = undefined;
  }
}

customElements.define("board-live", BoardLive);
