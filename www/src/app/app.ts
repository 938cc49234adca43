// The page around the pages: name, ways between them, keys. What somebody did is said by the elements' live region, the
// only one of the page.
import { announce } from "batchlight/elements";
import { html, nothing, type TemplateResult } from "lit";
import { type Page, pageNames, pages, type Place, placeOf } from "../shared/route.js";
import type { SayEvent } from "../shared/announce-event.js";
import { type Action, Keys } from "./shortcuts.js";
import "../features/batches/page.js";
import "./help.js";
import type { BoardHelp } from "./help.js";
import { LightElement } from "../shared/components/light-element.js";

/** A page, as far as the board deals with it. */
interface PageElement extends HTMLElement {
  /** An address has led here. */
  turned?(place: Place): void;
  /** Does what a key asks for; `false` where it means nothing here. */
  act?(action: Action): boolean;
}

/** What makes each page: what the first one does not need is not loaded with it. */
const loaders: Readonly<Record<Page, () => Promise<unknown>>> = {
  batches: async () => undefined,
  examples: () => import("../features/examples/main.js"),
  files: () => import("../features/files/main.js"),
  lifecycle: () => import("../features/lifecycle/main.js"),
};

const templates: Readonly<Record<Page, (hidden: boolean) => TemplateResult>> = {
  batches: (hidden) => html`<board-batches class="page" data-page="batches" ?hidden=${hidden}></board-batches>`,
  examples: (hidden) => html`<board-examples class="page" data-page="examples" ?hidden=${hidden}></board-examples>`,
  files: (hidden) => html`<board-files class="page" data-page="files" ?hidden=${hidden}></board-files>`,
  lifecycle: (hidden) => html`<board-lifecycle class="page" data-page="lifecycle" ?hidden=${hidden}></board-lifecycle>`,
};

/** Where the first stop of the Tab key leads: the text of the link, and what it leads to on the page. */
const skips: Readonly<Record<Page, readonly [text: string, selector: string]>> = {
  batches: ["Skip to the batches", "main"],
  examples: ["Skip to the examples", "#examples"],
  files: ["Skip to the files", "main"],
  lifecycle: ["Skip to the diagram", "main"],
};

/** The board. A page is made when it is first visited, and kept: nobody loses what they dropped by looking around. */
export class BoardApp extends LightElement {
  static override properties = { page: { state: true } };
  declare page: Page;
  readonly #visited = new Set<Page>();
  readonly #keys = new Keys();
  /** Where each page was left: its link leads back there. */
  readonly #left = new Map<Page, string>();

  constructor() {
    super();
    this.#turn();
    this.addEventListener("board-say", ({ sentence }: SayEvent) => announce(sentence));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A region that comes with its text is not read out.
    announce("");
    addEventListener("hashchange", this.#follow);
    document.addEventListener("keydown", this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.#follow);
    document.removeEventListener("keydown", this.#key);
  }

  protected override render() {
    const { page } = this;
    const [skip] = skips[page];
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>${skip}</a>
      <header class="masthead">
        <h1 class="brand">
          <a href=${pages.batches.hash}><span class="light" aria-hidden="true"></span>batchlight</a>
        </h1>
        <nav aria-label="Pages">
          ${pageNames.map(
            (name) =>
              html`<a
                href=${(name !== page && this.#left.get(name)) || pages[name].hash}
                aria-current=${name === page ? "page" : nothing}
                >${pages[name].name}</a
              >`,
          )}
        </nav>
        <button type="button" class="keys quiet" aria-haspopup="dialog" @click=${this.#help}>
          <kbd aria-hidden="true">?</kbd> Keys
        </button>
      </header>
      <main id="main" tabindex="-1">
        ${pageNames.map((name) => (this.#visited.has(name) ? templates[name](name !== page) : nothing))}
      </main>
      <board-help></board-help>
    `;
  }

  #turn(): void {
    const place = placeOf(location.hash);
    this.page = place.page;
    this.#visited.add(place.page);
    document.title = pages[place.page].title;
    void this.#arrive(place);
  }

  async #arrive(place: Place): Promise<void> {
    await loaders[place.page]();
    await this.updateComplete;
    if (place.page === this.page) this.#current()?.turned?.(place);
  }

  #follow = async ({ oldURL }: HashChangeEvent): Promise<void> => {
    const before = this.page;
    this.#left.set(before, new URL(oldURL).hash);
    this.#turn();
    if (this.page === before) return;
    announce("");
    await this.updateComplete;
    this.#focus("main");
    scrollTo(0, 0);
  };

  #key = (event: KeyboardEvent): void => {
    if (this.querySelector("dialog[open]")) return;
    const action = this.#keys.actionOf(event);
    if (action === undefined || !this.#act(action)) return;
    event.preventDefault();
  };

  #act(action: Action): boolean {
    if (action === "help") {
      this.#help();
      return true;
    }
    const page = pageNames.find((name) => action === `go ${name}`);
    if (page) {
      location.hash = (page !== this.page && this.#left.get(page)) || pages[page].hash;
      return true;
    }
    return this.#current()?.act?.(action) ?? false;
  }

  #help = (): void => this.querySelector<BoardHelp>("board-help")?.open();

  // Not by the address: that says which page this is.
  #skip(event: Event): void {
    event.preventDefault();
    this.#focus(skips[this.page][1]);
  }

  #focus(selector: string): void {
    this.querySelector<HTMLElement>(selector)?.focus({ preventScroll: selector === "main" });
  }

  #current(): PageElement | null {
    return this.querySelector<PageElement>(`.page[data-page=${this.page}]`);
  }
}

customElements.define("board-app", BoardApp);
