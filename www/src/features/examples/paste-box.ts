// The box for any JSON, and the choice of whose ways it is read by.
import { profiles, type ProfileName } from "batchlight";
import { html, nothing } from "lit";
import { samples } from "./samples.js";
import { pluralize, formatNumber } from "../../shared/text.js";
import { LightElement } from "../../shared/components/light-element.js";

/**
 * A longer text is held beside the box, which shows its beginning: a browser takes seconds to lay out a text of
 * megabytes.
 */
const mostInBox = 200_000;
const beginning = 2_000;

/** How long typing must rest, in milliseconds, before the text is read. */
const rest = 150;

/** A text to be read, and by whose ways. */
export class PasteEvent extends Event {
  constructor(
    readonly text: string,
    readonly profile: ProfileName,
  ) {
    super("board-paste", { bubbles: true, composed: true });
  }
}

/** The paste box. Sends a {@link PasteEvent} for each text. */
export class BoardPaste extends LightElement {
  static override properties = { text: { state: true }, profile: { state: true } };
  declare text: string;
  declare profile: ProfileName;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = "";
    this.profile = "openai";
  }

  protected override render() {
    const held = this.text.length > mostInBox;
    return html`
      <section class="paste band" aria-labelledby="paste-title">
        <div class="aside">
          <h2 id="paste-title"><label for="paste-text">Paste any JSON</label></h2>
          <p id="paste-help">A batch, a list of them, JSON lines, or whatever you were sent.</p>
          <p class="promise" id="paste-promise">Nothing you paste leaves this page.</p>
          <p class="tools">
            <span>Try</span>
            ${samples.map(
              ({ name, text }) => html`<button type="button" @click=${() => this.#take(text(), 0)}>${name}</button>`,
            )}
          </p>
        </div>
        <div class="main">
          <textarea
            id="paste-text"
            rows="6"
            spellcheck="false"
            autocomplete="off"
            autocapitalize="off"
            placeholder='{ "object": "batch", "status": "in_progress", … }'
            aria-describedby="paste-help paste-promise"
            ?readonly=${held}
            .value=${held ? this.text.slice(0, beginning) : this.text}
            @input=${(event: InputEvent) => this.#take((event.target as HTMLTextAreaElement).value, rest)}
            @paste=${this.#paste}
          ></textarea>
          ${
            held
              ? html`<p class="held">
                  The box shows the first ${formatNumber(beginning)} of ${pluralize(this.text.length, "character")}; all of
                  them are read.
                </p>`
              : nothing
          }
          <div class="tools">
            <label for="paste-profile">Read it as</label>
            <select id="paste-profile" aria-describedby="paste-profile-about" @change=${this.#choose}>
              ${profiles.map(
                ({ name }) => html`<option value=${name} ?selected=${name === this.profile}>${name}</option>`,
              )}
            </select>
            <span id="paste-profile-about">${profiles.find(({ name }) => name === this.profile)?.summary}</span>
            ${
              this.text === ""
                ? nothing
                : html`<button type="button" class="clear" @click=${this.#clear}>Clear</button>`
            }
          </div>
        </div>
      </section>
    `;
  }

  // A long text never enters the box.
  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.length <= mostInBox) return;
    event.preventDefault();
    this.#take(text, 0);
  }

  #choose(event: Event): void {
    const chosen = (event.target as HTMLSelectElement).value;
    this.profile = profiles.find(({ name }) => name === chosen)?.name ?? this.profile;
    this.#take(this.text, 0);
  }

  #clear(): void {
    this.#take("", 0);
    this.querySelector("textarea")?.focus();
  }

  #take(text: string, delay: number): void {
    this.text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dispatchEvent(new PasteEvent(text, this.profile)), delay);
  }
}

customElements.define("board-paste", BoardPaste);

declare global {
  interface HTMLElementEventMap {
    "board-paste": PasteEvent;
  }
}
