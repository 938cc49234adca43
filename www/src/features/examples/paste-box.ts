// The text box for any JSON, with the choice of a provider.
import { type ProfileName, profiles } from "batchlight";
import { html, nothing } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import { LightElement } from "../../shared/components/light-element.js";
import { samples } from "./samples.js";

/**
 * The maximum length of a text in the box, in UTF-16 code units. Of a longer text the box shows only the beginning,
 * because a browser takes seconds to lay out several megabytes.
 */
const maxBoxLength = 200_000;
const previewLength = 2_000;

/** How long the user must stop typing before the text is analyzed, in milliseconds. */
const typingDelay = 150;

/** Is dispatched when a text is ready to be analyzed. */
export class PasteEvent extends Event {
  constructor(
    readonly text: string,
    readonly profile: ProfileName,
  ) {
    super("board-paste", { bubbles: true, composed: true });
  }
}

/** The paste box. Dispatches a {@link PasteEvent} for each text. */
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
    const isLong = this.text.length > maxBoxLength;
    return html`
      <section class="paste band" aria-labelledby="paste-title">
        <div class="aside">
          <h2 id="paste-title"><label for="paste-text">Paste any JSON</label></h2>
          <p id="paste-help">A batch, a list of batches, JSON Lines, or anything else.</p>
          <p class="promise" id="paste-promise">Nothing you paste leaves this page.</p>
          <p class="tools">
            <span>Try</span>
            ${samples.map(
              ({ name, text }) => html`<button type="button" @click=${() => this.#setText(text(), 0)}>${name}</button>`,
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
            ?readonly=${isLong}
            .value=${isLong ? this.text.slice(0, previewLength) : this.text}
            @input=${(event: InputEvent) => this.#setText((event.target as HTMLTextAreaElement).value, typingDelay)}
            @paste=${this.#onPaste}
          ></textarea>
          ${
            isLong
              ? html`<p class="preview-note">
                  The box shows the first ${formatNumber(previewLength)} of ${pluralize(this.text.length, "character")}.
                  All of them are analyzed.
                </p>`
              : nothing
          }
          <div class="tools">
            <label for="paste-profile">Provider</label>
            <select id="paste-profile" aria-describedby="paste-profile-about" @change=${this.#onProfile}>
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

  // A long text is never inserted into the box.
  #onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.length <= maxBoxLength) return;
    event.preventDefault();
    this.#setText(text, 0);
  }

  #onProfile(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.profile = profiles.find(({ name }) => name === value)?.name ?? this.profile;
    this.#setText(this.text, 0);
  }

  #clear(): void {
    this.#setText("", 0);
    this.querySelector("textarea")?.focus();
  }

  #setText(text: string, delay: number): void {
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
