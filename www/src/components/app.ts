// The page around the pages: name, ways between them, and the one live region.
import { html, nothing } from "lit";
import { pageOf, pages, type Page } from "../route.js";
import type { SayEvent } from "../say.js";
import "./batches.js";
import { LightElement } from "./light-element.js";

const taglines: Record<Page, string> = {
  batches: "A light for every OpenAI batch: is it valid, what became of it, what is next.",
  files: "Check an input file before you send it; hold the results against it after.",
};

/** The board and the page for files. Each is made when it is first visited, and kept: nobody loses what they dropped by looking around. */
export class BoardApp extends LightElement {
  static override properties = { page: { state: true }, said: { state: true } };
  declare page: Page;
  declare said: string;
  #visited = new Set<Page>();

  constructor() {
    super();
    this.said = "";
    this.#turn();
    this.addEventListener("board-say", (event: SayEvent) => (this.said = event.sentence));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("hashchange", this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.#follow);
  }

  protected override render() {
    const { page } = this;
    return html`
      ${page === "files"
        ? html`<a class="skip" href="#main" @click=${this.#skip}>Skip to the files</a>`
        : html`<a class="skip" href="#examples">Skip to the examples</a>`}
      <header class="masthead band">
        <h1 class="aside"><span class="light" aria-hidden="true"></span>batchlight</h1>
        <div class="main">
          <p>${taglines[page]}</p>
          <nav aria-label="Pages">${Object.entries(pages).map(([name, { hash, name: text }]) => html`<a href=${hash} aria-current=${name === page ? "page" : nothing}>${text}</a>`)}</nav>
        </div>
      </header>
      <main id="main" tabindex="-1">
        ${this.#visited.has("batches") ? html`<board-batches ?hidden=${page !== "batches"}></board-batches>` : nothing}
        ${this.#visited.has("files") ? html`<board-files ?hidden=${page !== "files"}></board-files>` : nothing}
      </main>
      <p class="hidden" role="status">${this.said}</p>
    `;
  }

  #turn(): void {
    this.page = pageOf(location.hash);
    this.#visited.add(this.page);
    document.title = pages[this.page].title;
    // What the board of batches does not need is not loaded with it.
    if (this.page === "files") void import("../files/main.js");
  }

  #follow = async (): Promise<void> => {
    const before = this.page;
    this.#turn();
    if (this.page === before) return;
    this.said = "";
    await this.updateComplete;
    this.#main()?.focus({ preventScroll: true });
    scrollTo(0, 0);
  };

  // Not by the address: that says which page this is.
  #skip(event: Event): void {
    event.preventDefault();
    this.#main()?.focus();
  }

  #main(): HTMLElement | null {
    return this.querySelector("main");
  }
}

customElements.define("board-app", BoardApp);
